//! Words that are written like verbs of speech, and words that make a description a denial.

use khabar_model::VerbClass;

use super::lexicon::{Frame, complement, word};
use super::reader::Reader;
use super::token::{Kind, Token, VerbAt};
use super::words;
use crate::phrases::Tongue;

impl Reader<'_> {
    /// True for words that are written like a verb of speech and are none where they stand.
    pub(super) fn is_noun(&self, verb: &VerbAt) -> bool {
        let raw = |place: Option<usize>| {
            let token = place.and_then(|place| self.tokens.get(place));
            token.map(|token| self.raw_token(token)).unwrap_or_default()
        };
        let (before, behind) = (raw(verb.start.checked_sub(1)), raw(Some(verb.end)));
        match self.tongue {
            Tongue::Arabic => {
                matches!(verb.verb.frame, Frame::Verb | Frame::Part) && words::UNSAID.contains(&before)
                    || verb.end == verb.start + 1
                        && [Some(verb.start), verb.start.checked_sub(1)].into_iter().all(|place| {
                            let token = place.and_then(|place| self.tokens.get(place));
                            token.is_some_and(|token| token.is(word::PERSON))
                        })
                    // «طالبة» is no «طالبه»: no finite verb ends in ة.
                    || verb.verb.frame == Frame::Verb && verb.end == verb.start + 1 && raw(Some(verb.start)).ends_with('ة')
                    || verb.verb.takes(complement::THAT) && !self.has_that_clause(verb)
                    || matches!(behind, "عدم" | "حجب" | "الكشف" | "إخفاء") && verb.verb.class == VerbClass::Ask
                    // «الإعلان عبر الهاتف»
                    || raw(Some(verb.start)) == "عبر"
                        && behind != "عن"
                        && verb.start.checked_sub(1).and_then(|before| self.tokens.get(before)).is_some_and(|token| {
                            token.kind == Kind::Word && !matches!(before, "قد" | "وقد" | "كما" | "حيث" | "فيما" | "بينما")
                        })
                    || matches!(raw(Some(verb.start)), "متحدثة" | "متحدثا") && behind != "عن"
                    // «عقب لقائه»: the preposition.
                    || matches!(raw(Some(verb.start)), "عقب" | "وعقب") && behind != "على"
                    // «قدر كبير من»
                    || raw(Some(verb.start)) == "قدر" && matches!(behind, "كبير" | "كاف" | "ضئيل" | "أكبر" | "من")
                    // «هذا أمر تكرر»: a noun, but at the start of a clause.
                    || raw(Some(verb.start)) == "أمر"
                        && verb.start.checked_sub(1).and_then(|before| self.tokens.get(before)).is_some_and(|token| {
                            token.kind == Kind::Word && !matches!(before, "قد" | "وقد" | "كما" | "ثم" | "الذي" | "أنه" | "إنه")
                        })
                    // «تعهد الكوريتين» behind another verb.
                    || matches!(raw(Some(verb.start)), "تعهد" | "توقع" | "تحدث")
                        && matches!(before, "تخللها" | "تخلله" | "جاء" | "ظل" | "شمل" | "تضمن" | "يشمل" | "رافق")
                    || matches!(raw(Some(verb.start)), "تبلغ" | "يبلغ")
                        && !self.tokens.get(verb.end..).unwrap_or_default().iter().take(12).any(|token| token.is(word::THAT))
                    || behind == "فيها" && self.tokens.get(verb.end + 1).is_some_and(|next| {
                        !next.is(word::THAT) && !next.is_mark(&[':'])
                    }) && verb.verb.class == VerbClass::Say && verb.verb.frame == Frame::Verb
                    || matches!(behind, "عليها" | "عليه")
                        && verb.verb.frame == Frame::Verb
                        && verb.verb.class == VerbClass::Say
            }
            Tongue::Persian => {
                // «نوشته شده است: …» tells; «گفته شده بود» of nobody.
                let opens = (verb.end + 1..verb.end + 4).any(|place| {
                    self.tokens.get(place).is_some_and(|token| token.is_mark(&[':']) || token.is(word::THAT))
                });
                let told =
                    |place: &usize| self.tokens.get(*place).is_some_and(|token| token.is(word::DOCUMENT | word::EVENT));
                raw(Some(verb.start)) == "آمده"
                    && !opens
                    && !(verb.start.saturating_sub(8)..verb.start).any(|place| told(&place))
                    || verb.verb.frame == Frame::Verb && words::IMPERSONAL.contains(&before)
                    || raw(Some(verb.start)) == "گفته" && matches!(before, "این" | "آن" | "همان" | "همین")
                    || matches!(raw(Some(verb.start)), "خواست" | "خواستند" | "خواسته" | "خواسته‌اند")
                        && matches!(behind, "نامش" | "نامشان" | "نام" | "هویتش" | "هویتشان")
                    || matches!(behind, "وگو" | "وگوی" | "و‌گو" | "وگویی" | "شدن" | "نشده" | "نشدن")
                    || behind.starts_with("ها") && verb.end == verb.start + 1
                    || behind == "و" && raw(Some(verb.end + 1)).starts_with("گو")
                    || matches!(behind, "شده" | "شد" | "می‌شود") && verb.end == verb.start + 1 && !opens
                    || verb.verb.frame == Frame::Source
                        && (behind.starts_with("می") || matches!(behind, "نمی‌رسد" | "رسید" | "نمیرسد"))
            }
            Tongue::Urdu => false,
            Tongue::English => {
                let determiner = matches!(
                    before.to_lowercase().as_str(),
                    "its"
                        | "the"
                        | "a"
                        | "an"
                        | "his"
                        | "her"
                        | "their"
                        | "this"
                        | "no"
                        | "of"
                        | "or"
                        | "to"
                        | "our"
                        | "my"
                        | "these"
                        | "those"
                        | "any"
                );
                let asked = self.tokens.get(verb.start).is_some_and(|token| token.capital);
                let initial = verb.start == 0
                    || self.tokens.get(verb.start - 1).is_some_and(|token| {
                        // "12:20 Asked whether …"
                        token.is_mark(&['.', '?', '!']) || asked && matches!(token.kind, Kind::Digits | Kind::Mark(_))
                    });
                let passive = initial && raw(Some(verb.start)).ends_with("ed") && verb.verb.frame == Frame::Verb
                    || matches!(before, "be" | "been" | "was" | "were" | "is" | "are" | "being" | "As" | "as")
                        && verb.verb.frame == Frame::Verb
                        && !raw(Some(verb.start)).ends_with("ing");
                let adverb = before.ends_with("ly")
                    && matches!(raw(verb.start.checked_sub(2)), "be" | "been" | "was" | "were" | "is" | "are");
                // "asked not to be named", "asked about the delay".
                let hidden = verb.verb.class == VerbClass::Ask
                    && (behind == "about" || behind == "to" && raw(Some(verb.end + 1)) == "remain" || behind == "not")
                    || behind == "to" && raw(Some(verb.end + 1)) == "comment"
                    // "seeks to rival them"
                    || behind == "to" && matches!(raw(Some(verb.start)), "seeks" | "sought")
                    || matches!(behind, "it" | "in" | "so" | "goodbye" | "hello" | "yes" | "no" | "nothing" | "thanks")
                        && verb.verb.class == VerbClass::Say
                        && matches!(raw(Some(verb.end + 1)), "when" | "all" | "a" | "." | "," | "")
                        && behind != "in";
                // "in remarks carried by", "helped by demand for", "did not confirm reports that", "one demand"
                let form = raw(Some(verb.start));
                let prenoun =
                    verb.start > 0 && self.tokens.get(verb.start - 1).is_some_and(|token| token.is(word::PRENOUN));
                let nominal = prenoun
                    && verb.verb.frame == Frame::Verb
                    && !form.ends_with("ed")
                    && !form.ends_with("ing")
                    && !matches!(form, "said" | "says" | "told" | "wrote");
                let called = matches!(before, "am" | "When" | "when" | "if" | "If" | "once") && form.ends_with("ed");
                let said = matches!(form, "said" | "says" | "say" | "told" | "wrote");
                // "radio signals might come", "first reported by"
                let next = self.tokens.get(verb.end);
                let pronoun = behind.contains(['\'', '’']) && !behind.ends_with("n't") && !behind.ends_with("n’t");
                let aux = !said
                    && verb.verb.frame == Frame::Verb
                    && next.is_some_and(|token| token.is(word::AUX))
                    && !pronoun;
                let by = behind == "by"
                    && form.ends_with("ed")
                    && verb.verb.frame == Frame::Verb
                    && verb.end == verb.start + 1;
                // "the first estimate of": no plural, pronoun or name stands before a verb without an ending.
                let singular = verb.start > 0
                    && verb.verb.frame == Frame::Verb
                    && verb.end == verb.start + 1
                    && self.tokens.get(verb.start).is_some_and(|token| token.is(word::BASE))
                    && self.tokens.get(verb.start - 1).is_some_and(|token| {
                        !token.capital
                            && !token.is(word::PRONOUN | word::FILLER | word::AUX | word::ANON | word::TIME)
                            && !before.ends_with('s')
                            && token.kind == Kind::Word
                            && before != "who"
                            && before != "and"
                            && !matches!(before, "people" | "police" | "couple" | "pair" | "family")
                            && !before.ends_with("ly")
                    });
                // "survey finds": who finds something and is no study does not say it.
                let finds = verb.end == verb.start + 1
                    && form == "finds"
                    && !verb
                        .start
                        .checked_sub(1)
                        .and_then(|before| self.tokens.get(before))
                        .is_some_and(|token| token.is(word::DOCUMENT | word::ORG | word::ANON));
                // "the newly requested inquiry"
                let modifier = before.ends_with("ly")
                    && form.ends_with("ed")
                    && matches!(raw(verb.start.checked_sub(2)), "the" | "a" | "an" | "its" | "their" | "his" | "her");
                // "Mayorga also claims she went", but "rape claims against him"
                let claims = form == "claims"
                    && verb.end == verb.start + 1
                    && behind != "that"
                    && !(next.is_some_and(|next| {
                        next.capital
                            || next.is(word::PRONOUN)
                            || matches!(behind, "the" | "his" | "her" | "their" | ".")
                    }) && verb.start.checked_sub(1).and_then(|before| self.tokens.get(before)).is_some_and(
                        |token| {
                            token.capital
                                || token.is(word::PRONOUN
                                    | word::FILLER
                                    | word::ROLE
                                    | word::ORG
                                    | word::OUTLET
                                    | word::DOCUMENT)
                                || matches!(token.kind, Kind::Mark(_))
                                || behind == "."
                        },
                    ));
                let lets = matches!(before, "Let’s" | "Let's" | "let’s" | "let's");
                aux || by
                    || singular
                    || lets
                    || claims
                    || finds
                    || modifier
                    || hidden
                    || nominal
                    || called
                    || determiner
                    || adverb
                    || passive
                    || matches!(behind, "guilty" | "than" | "up" | "like")
                    || behind == "responsibility"
            }
        }
    }

    /// «وبين الوزير أن …»: the verb begins a sentence or clause, and has "that" behind its subject; the preposition has «و».
    fn has_that_clause(&self, verb: &VerbAt) -> bool {
        let before = verb.start.checked_sub(1).and_then(|before| self.tokens.get(before));
        let begins = before.is_none_or(|before| matches!(before.kind, Kind::Mark(_)));
        let behind = self.tokens.get(verb.end..verb.end + 9).or(self.tokens.get(verb.end..)).unwrap_or_default();
        let that = behind.iter().position(|token| token.is(word::THAT));
        let subject = that.and_then(|that| behind.get(..that));
        let is_subject = |token: &Token| token.first != 'و' && !matches!(token.kind, Kind::Mark(_));
        begins && subject.is_some_and(|subject| subject.iter().all(is_subject))
    }

    /// Words that make a denial of a description: a lie, a trick, nonsense.
    pub(super) fn names_lie(&self, at: usize) -> bool {
        let (first, last) = match self.quoted(at) {
            Some((_, quoted)) => (quoted.first, quoted.end),
            None => (self.first_token(at), self.last_token(at)),
        };
        self.tokens.get(first..last).unwrap_or_default().iter().any(|token| token.is(word::LIE))
    }
}
