//! Arabic: where an object begins, which no mark tells.

use khabar_model::VerbClass;

use super::lexicon::word;
use super::reader::Reader;
use super::token::VerbAt;

impl Reader<'_> {
    /// Where the object begins that a verb has behind its subject.
    pub(super) fn arabic_object(&self, verb: &VerbAt, stop: usize) -> Option<usize> {
        let start = self.behind_manner(verb.end);
        let first = self.token(start)?;
        // «أعلنت فيه | تجميد …»
        if self.is_one_of(start, &["فيه", "فيها", "خلاله", "خلالها"]) && self.looks_verbal(start + 1) && start + 2 < stop
        {
            return Some(start + 1);
        }
        if let Some(behind) = self.known_part(start, stop).filter(|&behind| {
            // «مدير» alone begins a longer phrase.
            let open = self.token(behind - 1).is_some_and(|last| last.is(word::ROLE) && !last.definite);
            let open = open && !self.is_person(behind - 1);
            behind < stop && !open && !self.is_comma(behind) && self.is_word(behind) && !self.is(behind, word::PREP)
        }) {
            let at = if self.is(behind, word::TIME) { self.behind_adverbials(behind, stop) } else { behind };
            return (at < stop).then_some(at);
        }
        let plain = |at: usize| self.is_plain(at, word::VAGUE | word::START);
        // «وطلبت تعيين …»: the verb has its subject from before.
        // «واستبعد اللجوء إلى …»
        let verbal = verb.joined
            && verb.verb.class != VerbClass::Claim
            && first.definite
            && first.entity.is_none()
            && !first.is(word::ROLE | word::ORG | word::OUTLET | word::ANON | word::VAGUE | word::TIME)
            && self.raw(start).starts_with("ال")
            && self.is_one_of(start + 1, &["إلى", "على", "عن"]);
        if verbal && start + 2 < stop {
            return Some(start);
        }
        let joined = verb.joined || verb.start > 0 && self.is_one_of(verb.start - 1, &["ثم"]);
        if joined
            && first.first != 'ل'
            && plain(start)
            && self.is_word(start)
            && !self.is_known_name(start)
            && verb.verb.class != VerbClass::Claim
            && self.is_word(start + 1)
            && start + 1 < stop
            && self.looks_verbal(start)
        {
            return Some(start);
        }
        let mut at = start;
        let (mut definite, mut budget, mut used, mut closed) = (false, 0_usize, 0_usize, false);
        while at < stop {
            if self.is_comma(at) {
                let close = (at + 1..stop.min(at + 16)).find(|&place| self.is_comma(place));
                // «أعلن الرئيس، قبول استقالة فلانة، …»
                let long = close.is_some_and(|close| {
                    close > at + 5 && (at + 1..close).any(|place| self.is(place, word::ROLE | word::ORG | word::PREP))
                });
                let plain = self.is_plain(at + 1, word::VAGUE | word::START | word::PERSON)
                    && (self.looks_verbal(at + 1) || long);
                at = match close {
                    Some(close) if at > start && !plain => close + 1,
                    _ => at + 1,
                };
                break;
            }
            if self.is_quoted(at) {
                (definite, closed) = (true, true);
                at += 1;
                continue;
            }
            let Some(token) = self.token(at).copied() else { break };
            if at > start && token.is(word::TIME | word::PREP) && !token.is(word::ROLE) {
                if !self.is_one_of(at, &["هذه", "هذا", "ذلك", "تلك"]) {
                    at = self.behind_adverbials(at, stop);
                }
                // «أرجع مدير المؤسسة في الولاية، كمال حجوط، ذلك …»
                let named = self.is_comma(at - 1) && (self.is_person(at) || self.is_person(at + 1));
                if let Some(close) = (at..stop.min(at + 10)).find(|&place| self.is_comma(place)).filter(|_| named) {
                    at = close + 1;
                }
                break;
            }
            let is_role = token.is(word::TITLE | word::RANK | word::OFFICE | word::PERSON);
            let is_definite = token.definite || token.entity.is_some();
            let joined = at > start
                && !is_role
                && !self.is_one_of(at, &["وجود", "وقف", "وصول", "وفاة", "وقوع", "ورود", "وضع"])
                && (matches!(token.first, 'و' | 'ل')
                    || token.first == 'ب' && (self.raw(at - 1).starts_with("الم") || self.is_quoted(at - 1)));
            if at > start && definite && !is_role && !joined {
                if closed && token.entity.is_none() {
                    break;
                }
                if !is_definite {
                    if budget == 0 {
                        break;
                    }
                    if !self.is_one_of(at, &["بن", "بنت", "أبو", "ابن", "آل", "عبد", "ولد"]) {
                        budget -= 1;
                    }
                    used += 1;
                } else if used > 0 {
                    closed = true;
                }
            }
            // «الرئيس الأمريكي | الاتفاق النووي»: behind the nationality of an office no other definite noun is of it.
            let national = at > start + 1
                && self.token(at - 1).is_some_and(|before| before.definite && before.entity.is_some())
                && !self.is_person(at - 1)
                && self.is(at - 2, word::ROLE);
            if national
                && token.definite
                && token.entity.is_none()
                && !is_role
                && !self.is_one_of(
                    at,
                    &["السابق", "السابقة", "الأسبق", "الجديد", "الجديدة", "الحالي", "المنتخب", "الراحل", "المؤقت"],
                )
            {
                break;
            }
            // «نفت هايلي | الشائعات», «أنكر المتهم | ما نسب إليه»
            let rumour = token.definite && token.is(word::CHARGE) && !self.is_one_of(at, &["الادعاء", "الاتهام"]);
            if at > start && (self.ends_phrase(start, at) || rumour || self.is_one_of(at, &["ما", "كل", "أي"])) {
                break;
            }
            if at == start && self.is_known_name(at) {
                at += 1;
                // «وأكد الخرابشة، خلال لقاء مع النواب، | أهمية …»
                if self.is_comma(at) {
                    continue;
                }
                if self.is(at, word::PREP) {
                    at = self.behind_adverbials(at, stop);
                }
                break;
            }
            // A plural in ون is no part of a genitive: «محللون | جولة تيلرسون».
            let plural = |at: usize| self.raw(at).ends_with("ون") || self.raw(at).ends_with("ين");
            if !token.definite && self.raw(at).ends_with("ون") && self.is_word(at + 1) && !plural(at + 1) {
                at += 1;
                break;
            }
            if is_role {
                budget = if used == 0 || token.is(word::TITLE | word::RANK) { 3 } else { budget };
                closed = false;
            }
            closed |= self.is_person(at) && !self.is_person(at + 1);
            definite |= is_definite || token.is(word::TITLE | word::RANK);
            at += 1;
        }
        // «أكد لـ«الصحيفة» توقف الضخ»
        if at > start && self.is_one_of(at, &["لـ", "ل"]) && self.is_quoted(at + 1) {
            at += 2;
        }
        while at < stop && (self.is_comma(at) || self.is(at, word::TIME) && !self.is_one_of(at, &["هذه", "هذا", "تلك"]))
        {
            at += 1;
        }
        (at < stop && at > start).then_some(at)
    }

    /// A verbal noun, by its form: what is asked for or denied more often than it speaks.
    pub(super) fn looks_verbal(&self, at: usize) -> bool {
        let raw = self.raw(at);
        let letters = raw.chars().count();
        letters >= 4
            && (raw.starts_with('ت')
                || raw.starts_with("است")
                || raw.starts_with('إ')
                || raw.starts_with("ان")
                || raw.starts_with("ا"))
            || matches!(raw, "وجود" | "عدم" | "منح" | "فتح" | "وقف" | "رفع" | "كل" | "أي")
    }

    /// Behind the words of time and place between a subject and its object: «في ختام الجلسة | تخصيص …».
    pub(super) fn behind_adverbials(&self, start: usize, stop: usize) -> usize {
        let mut at = start;
        loop {
            let before = at;
            while at < stop
                && (self.is(at, word::TIME) && (!self.is(at, word::PREP) || self.is(at + 1, word::TIME))
                    || self.is_comma(at)
                    || at > start && self.is_one_of(at, &["نفسه", "نفسها", "ذاته", "ذاتها"]))
            {
                // «…، الذي عقد في العاصمة، …»
                let close = (at + 1..stop.min(at + 14)).find(|&place| self.is_comma(place));
                at = match close {
                    Some(close) if self.is_comma(at) && self.is_relative(at + 1) => close,
                    _ => at + 1,
                };
            }
            if at < stop && self.is(at, word::PREP) {
                let comma = (at..stop.min(at + 10)).find(|&place| self.is_comma(place));
                at += 1;
                let mut definite = false;
                while at < stop && Some(at) != comma {
                    let Some(token) = self.token(at) else { break };
                    let is_definite = token.definite || token.entity.is_some();
                    // «في حديث لإذاعة الفرات | الوزارة»
                    let named = self.token(at - 1).is_some_and(|before| before.entity.is_some())
                        && token.entity.is_none()
                        && token.definite
                        && token.is(word::ORG | word::ROLE);
                    let all = at > before + 1
                        && self.is_one_of(at, &["كل", "أي", "جميع", "وجود"])
                        && !self.is_plain_word(at - 1);
                    if definite && !is_definite || token.is(word::PREP) || named || all {
                        break;
                    }
                    definite |= is_definite;
                    at += 1;
                }
            }
            if at == before {
                return at;
            }
        }
    }

    /// «… المستهلكين إلى», «مستخدمي الطريق إلى»: the object of a verb that asks, whose subject is not named again.
    pub(super) fn is_asked(&self, start: usize, end: usize) -> bool {
        let is_role = (start..end).any(|at| self.is(at, word::OFFICE | word::TITLE | word::PERSON));
        let raw = self.raw(start);
        !is_role
            && (raw.ends_with("ين") && end == start + 1
                || raw.ends_with('ي') && end > start + 1
                || matches!(
                    raw,
                    "الجمهور"
                        | "المجتمع"
                        | "الناس"
                        | "الدول"
                        | "السكان"
                        | "الجميع"
                        | "قادة"
                        | "الحجاج"
                        | "هؤلاء"
                        | "أولئك"
                        | "الأجهزة"
                ))
    }
}
