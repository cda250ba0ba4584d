//! Quotes against articles marked by hand: `cargo run -p khabar-entity --example score_quotes -- [--faults] FILE…`.
//!
//! A quote is found if one of the same style has the same words; marks and punctuation at the ends are free. `close` counts
//! quotes that share nine tenths of their bytes with one of the gold. Speaker and class are told of the quotes found.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a scorer reads files and prints")]

use std::collections::BTreeMap;

use khabar_entity::Extractor;
use khabar_model::{Detection, Entity, Quote, QuoteStyle, Span};

#[expect(dead_code, clippy::missing_docs_in_private_items, reason = "shared with the tests")]
#[path = "../tests/quotes/gold.rs"]
mod gold;

#[derive(Default)]
struct Tally {
    /// Of direct and indirect quotes: in the gold, found, the same, close.
    styles: [[usize; 4]; 2],
    speakers: usize,
    /// With no word too many or too few, roles before the name aside, or by the entity's name.
    strictly: usize,
    classes: usize,
    /// Wrong speakers by mechanism.
    wrong: BTreeMap<gold::Wrong, usize>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let faults = arguments.iter().any(|argument| argument == "--faults");
    let extractor = Extractor::embedded();
    for path in arguments.iter().filter(|argument| *argument != "--faults") {
        let file = std::path::Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let code = file.split('-').next().unwrap_or_default().to_owned();
        let language = Detection { code, reliable: true, ..Detection::undetermined() };
        let mut tally = Tally::default();
        for document in gold::documents(&std::fs::read_to_string(path)?) {
            let found = extractor.extract(&document.article, &language);
            tally.add(&document, &found.quotes, &found.entities, faults);
        }
        println!("{file:8} {}", tally.line());
    }
    Ok(())
}

impl Tally {
    fn add(&mut self, document: &gold::Document, found: &[Quote<Span>], entities: &[Entity<Span>], faults: bool) {
        let text = document.article.text.as_str();
        if faults {
            println!("\n## {}", document.id);
        }
        let mut used = vec![false; found.len()];
        for quote in &document.quotes {
            let style = usize::from(quote.style == QuoteStyle::Indirect);
            self.styles[style][0] += 1;
            let places = || (0..found.len()).filter(|&place| found[place].style == quote.style);
            let same = places().find(|&place| !used[place] && gold::same_words(text, quote.span, found[place].span));
            let near = places().find(|&place| gold::overlap(quote.span, found[place].span) >= 0.9);
            self.styles[style][3] += usize::from(same.or(near).is_some());
            let Some(place) = same else {
                if faults {
                    println!(
                        "- missed {} {:?}: {}",
                        quote.number,
                        quote.style,
                        quote.span.of(text).unwrap_or_default()
                    );
                }
                continue;
            };
            used[place] = true;
            self.styles[style][2] += 1;
            let speaker = gold::same_speaker(text, quote, &found[place], entities);
            let class = gold::same_class(text, quote, &found[place]);
            self.speakers += usize::from(speaker);
            let wrong = (!speaker).then(|| gold::wrong(text, quote, &found[place]));
            if let Some(wrong) = wrong {
                *self.wrong.entry(wrong).or_default() += 1;
            }
            self.strictly += usize::from(speaker && gold::same_name(quote, &found[place], entities));
            self.classes += usize::from(class);
            if faults && speaker && !gold::same_name(quote, &found[place], entities) {
                let told = found[place].speaker.as_ref().map(|speaker| &speaker.text);
                println!("- {} other words: {} | {told:?}", quote.number, quote.speaker);
            }
            if faults && !(speaker && class) {
                println!(
                    "- {}{}: {} | {} {:?}; found {:?} {:?}",
                    quote.number,
                    wrong.map(|wrong| format!(" {wrong:?}")).unwrap_or_default(),
                    quote.span.of(text).unwrap_or_default(),
                    quote.speaker,
                    quote.class,
                    found[place].speaker.as_ref().map(|speaker| &speaker.text),
                    found[place].verb.as_ref().map(|verb| (&verb.text, verb.class)),
                );
            }
        }
        for (quote, used) in found.iter().zip(&used) {
            self.styles[usize::from(quote.style == QuoteStyle::Indirect)][1] += 1;
            if faults && !used {
                println!("{}", gold::extra(quote));
            }
        }
    }

    fn line(&self) -> String {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let mut line = String::new();
        for ([gold, found, same, close], name) in self.styles.into_iter().zip(["direct", "indirect"]) {
            let (p, r) = (share(same, found), share(same, gold));
            let f = 2.0 * p * r / (p + r).max(1.0);
            line += &format!("{name} P {p:5.1} R {r:5.1} F {f:5.1} (close R {:5.1}, n {gold})  ", share(close, gold));
        }
        let same = self.styles[0][2] + self.styles[1][2];
        line + &format!(
            "speaker {:5.1} (strictly {:5.1})  class {:5.1}",
            share(self.speakers, same),
            share(self.strictly, same),
            share(self.classes, same)
        ) + &self.wrong.iter().fold("  wrong:".to_owned(), |line, (wrong, count)| line + &format!(" {wrong:?} {count}"))
    }
}
