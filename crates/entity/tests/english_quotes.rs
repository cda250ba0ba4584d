//! English quotes: who speaks, where a sentence says it in its own way.

use khabar_entity::Extractor;
use khabar_model::{Article, Detection};

/// What is said in a text, and by whom, by the last word of the speaker.
fn said(text: &str, extractor: &Extractor) -> Vec<(String, String)> {
    let language = Detection { code: "en".to_owned(), reliable: true, ..Detection::undetermined() };
    let found = extractor.extract(&Article { text: text.to_owned(), ..Article::default() }, &language);
    let last = |name: &str| name.split(' ').next_back().unwrap_or_default().to_owned();
    let speaker = |quote: &khabar_model::Quote<_>| quote.speaker.as_ref().map_or("-".to_owned(), |who| last(&who.text));
    found.quotes.iter().map(|quote| (speaker(quote), quote.text.clone())).collect()
}

#[test]
fn subjects_of_english_verbs() {
    let extractor = Extractor::embedded();
    for (text, quotes) in [
        // Joined verbs have the subject of the first.
        (
            "The harbour office said the pier was shut. It did not give a reason and said repairs would take a month.",
            &[("office", "the pier was shut"), ("office", "repairs would take a month")][..],
        ),
        ("Tallow Records have twice denied owing the band money.", &[("Records", "owing the band money")]),
        // A pronoun means whom its sentence names, unless in a phrase.
        (
            "\"We lost,\" said Paul Orde. When Maria Lund was stopped at the gate, she told guards she had a pass.",
            &[("Orde", "We lost,"), ("Lund", "she had a pass")],
        ),
        // Two together are neither of them; an owner is nobody's name.
        (
            "Both Peter Marlow and Sarah Quinn told the panel that the call was odd. \"It shook me,\" Quinn said.",
            &[("Quinn", "the call was odd"), ("Quinn", "It shook me,")],
        ),
        // A relative clause is no part of a name, and none is told.
        ("The label that owns the songs, Tallow Records, says she may sing.", &[("Records", "she may sing")]),
        // Words of a thing are of whom the sentence ends with.
        ("The figures suggest a slow recovery, says Paul Orde.", &[("Orde", "The figures suggest a slow recovery")]),
        // Abbreviations end no sentence, an outlet may have a dot.
        ("The trust said in an Oct. 26 letter to members that fees would rise.", &[("trust", "fees would rise")]),
        ("Paul Orde told Harbour.info that the pier is safe.", &[("Orde", "the pier is safe")]),
        ("Maria Lund said in a statement, \"We are relieved.\"", &[("Lund", "We are relieved.")]),
        // Whoever is described was named; a body is not its spokesman, nor a source the minister.
        (
            "Kings coach Paul Orde admitted his side had panicked. \"We froze,\" the Norwegian said.",
            &[("Orde", "his side had panicked"), ("Orde", "We froze,")],
        ),
        (
            "Paul Orde said the ward was full. The clinic said it had no beds. The Chinese said they would help.",
            &[("Orde", "the ward was full"), ("clinic", "it had no beds"), ("Chinese", "they would help")],
        ),
        (
            "The Joint Staff said a shell was fired. Joint Staff spokesman Paul Orde said nobody was hurt.",
            &[("Staff", "a shell was fired"), ("Orde", "nobody was hurt")],
        ),
        (
            "An official who asked not to be named said the ship had sunk. \"It is gone,\" the source said.",
            &[("official", "the ship had sunk"), ("official", "It is gone,")],
        ),
        // Orders, warnings, what somebody said and had done.
        ("The chair told him to leave the room.", &[("chair", "him to leave the room")]),
        ("Police warned motorists against using the ferry.", &[("Police", "motorists against using the ferry")]),
        ("Paul Orde threatened on Sunday to close the pier.", &[("Orde", "to close the pier")]),
        (
            "The regulator said it was looking into the case and had told the operator to report.",
            &[("regulator", "it was looking into the case and had told the operator to report")],
        ),
        ("The trust said fares would rise 4%, easing concern over its debts.", &[("trust", "fares would rise 4%")]),
        ("The pier, said Paul Orde, had lost its roof.", &[("Orde", "The pier"), ("Orde", "had lost its roof")]),
        (
            "Asked by reporter Maria Lund if he would go, Paul Orde replied: \"No, I will not.\"",
            &[("Lund", "if he would go"), ("Orde", "No, I will not.")],
        ),
        // A verb behind a clause between commas, an organisation with a comma in its name, a chief who speaks in the next line.
        (
            "A spokesman for Tallow, which runs the pier, did not give a date but said it would open.",
            &[("Tallow", "it would open")],
        ),
        (
            "UN rights chief says raids must stop\nVienna was calm.\n\"They must stop,\" Maria Lund said.",
            &[("Lund", "raids must stop"), ("Lund", "They must stop,")],
        ),
        ("The mayor, Maria Lund, expressed concern over the strike and said it must end.", &[("Lund", "it must end")]),
        (
            "The mayor was asked about the fire, called it sad and said help would come.",
            &[("mayor", "help would come")],
        ),
        ("and Paul Orde, the envoy, said the talks had failed.", &[("Orde", "the talks had failed")]),
        (
            "Bishop Paul Orde said he would travel. The Vatican said the trip would begin in May.",
            &[("Orde", "he would travel"), ("Vatican", "the trip would begin in May")],
        ),
        ("According to the ministry, two people died in the fire.", &[("ministry", "two people died in the fire")]),
        ("Nobody said it was easy.", &[]),
        // A list is no talk.
        ("What helps\n- Sit in a chair for a while.\n- Close your eyes.\n- Breathe slowly and say nothing.", &[]),
        ("Maria Lund points out that there's a second pier.", &[("Lund", "there's a second pier")]),
    ] {
        let found = said(text, &extractor);
        let found: Vec<(&str, &str)> = found.iter().map(|(who, what)| (who.as_str(), what.as_str())).collect();
        assert_eq!(found, quotes, "{text}");
    }
}
