//! Persian: the subject begins the sentence, the verb ends it, and what is said follows behind که, a colon, or nothing.

use khabar_model::{EntityType, VerbClass};

use super::lexicon::{Frame, complement, word};
use super::reader::{LONGEST, Reader, Subject};
use super::token::VerbAt;
use super::words;

/// Most items between an object's preposition or «را» and its verb.
const REACH: usize = 48;

/// Words of an object at most.
const MOST_OBJECT: usize = 8;

impl Reader<'_> {
    pub(super) fn read_persian(&mut self, start: usize, end: usize) {
        let mut clause = start;
        let mut at = start;
        let mut last: Option<Subject> = None;
        let mut carrier: Option<u32> = None;
        self.persian_question(start, end);
        self.persian_echo(start, end);
        if let Some(echo) = (start + 1..end).find(|&at| self.is_mark(at, &['؛', ';', '،'])) {
            self.persian_echo(echo + 1, end);
        }
        while at < end {
            let Some(verb) = self.verb_at(at) else {
                at += 1;
                continue;
            };
            let next = match verb.verb.frame {
                Frame::Source => self.persian_source(verb, clause, end, &mut last, &mut carrier),
                Frame::Relay => self.persian_relay(verb, end, &mut carrier, &mut last),
                Frame::Part => self.persian_part(verb, clause, end, &mut last),
                _ => self.persian_verb(verb, clause, end, &mut last, carrier),
            };
            match next {
                Some(next) => {
                    clause = next;
                    at = next.max(verb.end);
                }
                None => at = verb.end,
            }
        }
    }

    /// «به گزارش خبرگزاری مهر، …»: the carrier of what somebody says in the sentence, else itself the speaker.
    fn persian_relay(
        &mut self,
        verb: VerbAt,
        end: usize,
        carrier: &mut Option<u32>,
        last: &mut Option<Subject>,
    ) -> Option<usize> {
        let comma = (verb.end..end.min(verb.end + 24)).find(|&at| self.is_comma(at))?;
        *carrier = self.carrier(verb.end, comma);
        if self.verb_between(comma, end) > 0 {
            return Some(comma + 1);
        }
        // The outlet's own dateline: «به گزارش خبرنگار فارس، …».
        let own = |at: usize| {
            self.is_media(at)
                || self.is_one_of(at, &["خبرنگار", "گروه", "خبرگزاری", "خبرگزاري", "سرویس", "روابط", "ما"])
        };
        if (verb.end..comma).any(own) {
            return Some(comma + 1);
        }
        let subject = self.phrase(verb.end, comma)?;
        *last = Some(subject);
        let said = self.said(&verb, subject, None);
        self.report(comma + 1, end, said);
        Some(end)
    }

    /// «به گفته وی …»
    fn persian_source(
        &mut self,
        verb: VerbAt,
        clause: usize,
        end: usize,
        last: &mut Option<Subject>,
        carrier: &mut Option<u32>,
    ) -> Option<usize> {
        let from = verb.end;
        // «از نظر فنی», «به نظر می‌رسد»: of nobody, if no person follows.
        if (verb.start..verb.end).any(|at| self.is_one_of(at, &["نظر", "دید", "دیدگاه"]))
            && !(from..end.min(from + 2))
                .any(|at| self.is(at, word::ROLE | word::PRONOUN | word::ORG) || self.is_person(at))
        {
            return None;
        }
        // «… به نقل از یک «منبع آگاه» مدعی شده که …»: the verb behind it has the same speaker, and the outlet stands before.
        let relayed = self.is_one_of(verb.start + 1, &["نقل"]) || self.is_one_of(verb.start, &["نقل"]);
        let stop = (from..end.min(from + 16)).find(|&at| self.is_comma(at) || self.verb_at(at).is_some());
        let stop =
            stop.map(
                |stop| if relayed && self.is_comma(stop) && self.verb_at(stop + 1).is_some() { stop + 1 } else { stop },
            );
        if let Some(stop) = stop
            && let Some(inner) = self.verb_at(stop)
            && stop > from
            && (self.persian_opens(inner.end, end)
                || relayed && inner.verb.takes(complement::BARE) && self.goes_on(inner.end, end))
        {
            let name = (from..stop).find(|&at| self.is(at, word::THAT)).unwrap_or(stop);
            *last = self.phrase(from, name);
            *carrier = carrier.or(self.carrier(clause, verb.start));
            return Some(stop);
        }
        let (first, behind) = self.persian_source_name(from, end.min(from + 18))?;
        // «به نقل از روابط عمومی …، فلانی گفت»: where the outlet has it from.
        let handed = self.is_one_of(from, &["روابط"]) || self.is(from, word::OUTLET) || self.is_media(from);
        if relayed && handed && self.verb_between(behind, end) > 0 {
            *carrier = carrier.or(self.carrier(from, behind));
            let ends = |at: &usize| self.is(*at, word::PREP | word::THAT) || self.is_comma(*at);
            return Some((from..end).find(ends).unwrap_or(behind));
        }
        let subject = self.phrase(first, behind)?;
        *last = Some(subject);
        let said = self.said(&verb, subject, self.carrier(from, behind));
        let mut at = behind;
        while self.is_comma(at) {
            at += 1;
        }
        // Behind it, or, where it ends the sentence, before it.
        if at + 1 < end {
            // «بر اساس اعلام …، وزیر گفت: …»: the verb tells.
            let to = self.persian_end(at, end);
            self.report(at, to, said);
            return Some(to);
        }
        let before = self.skip_start(clause, end);
        self.report(before, verb.start, said);
        Some(end)
    }

    /// The name behind «به گفته»: a pronoun, up to a comma, or a title and a name.
    fn persian_source_name(&self, from: usize, end: usize) -> Option<(usize, usize)> {
        if self.is(from, word::PRONOUN) {
            let mut at = from;
            while at < end && self.is(at, word::PRONOUN) {
                at += 1;
            }
            if let Some(comma) = (at..end.min(at + 3)).find(|&place| self.is_comma(place)) {
                at = comma;
            }
            return Some((from, at));
        }
        // «به گفته رنجبران | در این محله …، چون …», and not «به گفته رنجبران در این نشست، …», «… از سازمان آب، …»
        let named = (from..end).take_while(|&at| self.is_person(at) || self.is_known_name(at)).count();
        let behind = from + named;
        if named > 0
            && self.is(behind, word::PREP)
            && self.is_one_of(behind + 1, &["این", "آن", "همین"])
            && !self.is(behind + 2, word::EVENT)
        {
            return Some((from, behind));
        }
        let comma = (from..end).find(|&at| self.is_comma(at) || self.is_colon(at));
        let quoted = (from..end).find(|&at| self.is_quoted(at)).unwrap_or(end);
        if let Some(comma) = comma.filter(|&comma| comma <= quoted || comma - from <= 8) {
            // «به گفته فلان، رئیس بهمان، …»
            let second = (comma + 1..end).find(|&at| self.is_comma(at));
            if let Some(second) = second.filter(|_| self.is(comma + 1, word::ROLE)) {
                return Some((from, second));
            }
            return Some((from, comma));
        }
        let mut at = from;
        while at < end && self.is(at, word::TITLE | word::RANK | word::OFFICE | word::ORG | word::ANON) {
            at += 1;
        }
        while at < end && self.token(at).is_some_and(|token| token.entity.is_some()) {
            at += 1;
        }
        let least = if self.is_one_of(from, &["این", "همین", "همان"]) { from + 2 } else { from + 1 };
        if at == from || self.is(at - 1, word::TITLE | word::RANK) {
            at += 1;
            // «دیپلمات‌های روسی»
            while at < end && self.entity(at).is_some_and(|(_, entity)| entity.kind == EntityType::Misc) {
                at += 1;
            }
        }
        Some((from, at.max(least).min(end)))
    }

    /// «با بیان اینکه …، افزود»
    fn persian_part(&mut self, verb: VerbAt, clause: usize, end: usize, last: &mut Option<Subject>) -> Option<usize> {
        let subject = self.persian_subject(clause, verb.start).or(*last).unwrap_or(Subject::Same);
        *last = Some(subject);
        let next = (verb.end + 1..end).find(|&at| self.verb_at(at).is_some()).unwrap_or(end);
        // «با بیان اینکه … اعلام کرده بود، گفت»: a verb before the only comma is part of the clause.
        let own =
            self.verb_at(next).map(|verb| verb.end).filter(|&at| self.is_comma(at) && self.verb_between(at, end) > 0);
        let comma = (verb.end..next).rfind(|&at| self.is_comma(at)).or(own).unwrap_or(next);
        let said = self.said(&verb, subject, None);
        self.report(verb.end, comma, said);
        Some(comma)
    }

    /// True if something is told behind a verb.
    fn persian_opens(&self, at: usize, end: usize) -> bool {
        at < end && (self.is(at, word::THAT) || self.is_colon(at) || self.is_quoted(at))
    }

    fn persian_verb(
        &mut self,
        verb: VerbAt,
        clause: usize,
        end: usize,
        last: &mut Option<Subject>,
        relayed: Option<u32>,
    ) -> Option<usize> {
        let takes = verb.verb.takes;
        let mut behind = verb.end;
        // «می‌گوید و سفال را می‌چرخاند», «گفت، …»
        // «…»، این پرستار می‌گوید، «…»
        if self.is_comma(behind)
            && self.is_quoted(behind + 1)
            && let Some((place, next)) = self.quoted_before(clause, verb.start)
            && (self.is_comma(place + 1) || self.ends_in_comma(place))
        {
            let subject = self.persian_subject(next, verb.start).or(*last).unwrap_or(Subject::Same);
            *last = Some(subject);
            let said = self.said(&verb, subject, self.carrier(next, verb.start));
            self.speak(place, said);
            self.speak(behind + 1, said);
            return Some(behind + 2);
        }
        // «گفت، «…»», «قید نمود، که …»
        let comma = self.is_comma(behind) && (self.is_quoted(behind + 1) || self.is(behind + 1, word::THAT));
        if comma {
            behind += 1;
        }
        let opens = self.persian_opens(behind, end);
        let mut subject_end = if opens { self.before_addressee(clause, verb.start) } else { verb.start };
        let mut object: Option<(usize, usize)> = None;
        // «از … خبر داد», «از … خواست»
        let from = (clause..verb.start).rfind(|&at| self.is_one_of(at, &["از"]) && !self.is(at, word::VAGUE));
        let telling = verb.verb.class == VerbClass::Announce && self.is_one_of(verb.start, &["خبر"]);
        let is_from = |at: &usize| self.is_one_of(*at, &["از"]) && !self.is(*at, word::VAGUE);
        let news = if telling { (clause..verb.start).find(is_from) } else { None };
        let marked = self.behind_preposition(&verb, clause).filter(|_| !opens && !self.goes_on(behind, end));
        if telling && !opens && !(news.is_none() && self.goes_on(behind, end)) {
            let from = news?;
            object = Some((from + 1, verb.start));
            subject_end = from;
        } else if let Some((from, first)) = marked {
            object = Some((first, verb.start));
            subject_end = from;
        } else if verb.verb.takes(complement::VIEW) && !opens && self.has_predicate(clause, verb.start) {
            object = self.persian_object(clause, verb).map(|(first, _)| (first, verb.start));
            subject_end = object.map_or(subject_end, |(first, _)| first);
        } else if verb.verb.class == VerbClass::Ask
            && let Some(from) = from
            && !self.is(from, word::VAGUE)
        {
            subject_end = from;
        } else if verb.verb.takes(complement::BEFORE)
            && !self.is_that_behind(behind, end)
            && !(opens && self.is_colon(behind) && !self.has_object_mark(clause, verb.start))
            && !(takes & complement::BARE != 0
                && !self.has_object_mark(clause, verb.start)
                && self.goes_on(behind, end))
        {
            object = self.persian_object(clause, verb);
            if let Some((first, to)) = object {
                subject_end = first;
                if verb.verb.class == VerbClass::Deny {
                    object = Some((self.behind_charge(first, to), to));
                }
            }
            if object.is_none() && !opens {
                return None;
            }
        }
        let subject = self.persian_subject(clause, subject_end).or(*last).unwrap_or(Subject::Same);
        let carrier = self.carrier(clause, verb.start).or(relayed).filter(|carrier| match subject {
            Subject::Phrase(start, end, _) => {
                !self.tokens.get(start..end).unwrap_or_default().iter().any(|token| token.entity == Some(*carrier))
            }
            Subject::Same => true,
        });
        let mut said = self.said(&verb, subject, carrier);
        if let Some((first, to)) = object {
            *last = Some(subject);
            if verb.verb.class == VerbClass::Say
                && (first..verb.end).any(|at| self.names_lie(at) || self.is(at, word::CHARGE))
            {
                said.class = VerbClass::Deny;
            }
            self.report(first, to, said);
            // «… را یک «فریب» خواند»
            let named: Vec<usize> = (to..verb.start).filter(|&at| self.is_quoted(at)).collect();
            for at in named {
                self.speak(at, said);
            }
            if opens && (self.is_colon(behind) || self.is_quoted(behind)) {
                let at = behind + usize::from(self.is_colon(behind));
                return Some(self.persian_told(at, end, said));
            }
            return Some(verb.end);
        }
        if takes & complement::WISH != 0 {
            let to = (verb.end..end).rfind(|&at| {
                self.is_one_of(at, &["شد", "شدند", "شده", "است", "شده‌اند", "هستند", "بود", "می‌شود", "شده_است"])
            });
            let to = self.persian_wish_end(verb.end, end).or(to)?;
            *last = Some(subject);
            self.report(verb.end, to, said);
            return Some(to + 1);
        }
        if self.is(behind, word::THAT) {
            *last = Some(subject);
            let whole = self.is_quoted(behind + 1) && (behind + 2 >= end || self.is_mark(behind + 2, &['.', '،']));
            if whole {
                self.speak(behind + 1, said);
                return Some(behind + 2);
            }
            let to = self.persian_end(behind + 1, end);
            self.report(behind + 1, to, said);
            return Some(to);
        }
        if opens {
            *last = Some(subject);
            let at = behind + usize::from(self.is_colon(behind));
            return Some(self.persian_told(at, end, said));
        }
        // «تا فردا …», and «خواست تا …»: "to".
        if self.is_one_of(behind, &["تا"]) && verb.verb.class == VerbClass::Ask && behind + 2 < end {
            *last = Some(subject);
            let to = self.persian_end(behind + 1, end);
            self.report(behind + 1, to, said);
            return Some(to);
        }
        // The quotation stands before: «…»، این پرستار می‌گوید
        if let Some(quoted) = self.quoted_before(clause, verb.start)
            && !(self.goes_on(behind, end)
                && takes & complement::BARE != 0
                && quoted.1 < verb.start
                && (self.is_mark(quoted.0 + 1, &['؛', ';']) || !self.is_comma(quoted.0 + 1)))
        {
            let (place, next) = quoted;
            // «از آنچه «…» نامید انتقاد کرد»: who speaks stands before.
            let names = self.is_one_of(next, &["نامید", "نامیدند", "می‌نامد", "می‌نامند", "نامیده", "خوانده"]);
            let this = self.is_one_of(clause, &["آن", "این"]);
            let named = if names {
                self.persian_subject(clause, place).filter(|_| !this)
            } else {
                self.persian_subject(next, verb.start)
            };
            let subject = named.or(*last).unwrap_or(Subject::Same);
            let said = super::reader::Said { subject, ..said };
            *last = Some(subject);
            self.speak(place, said);
            return Some(verb.end);
        }
        // «بر این باورند، …»
        if self.is_comma(behind)
            && self.is_one_of(verb.start, &["بر", "معتقد", "معتقدند", "حاکی"])
            && self.goes_on(behind + 1, end)
        {
            behind += 1;
        }
        if self.goes_on(behind, end) && takes & complement::BARE != 0 && self.has_told_words(behind, end) {
            *last = Some(subject);
            let to = self.persian_end(behind, end);
            self.report(behind, to, said);
            return Some(to);
        }
        None
    }

    /// «بر | لزوم همبستگی تأکید کرد», «نسبت به | کاهش آب هشدار داد»: the preposition, and where the object begins.
    fn behind_preposition(&self, verb: &VerbAt, clause: usize) -> Option<(usize, usize)> {
        let takes = |bit| verb.verb.takes(bit);
        let low = self.skip_start(clause.max(verb.start.saturating_sub(REACH)), verb.start);
        // «علاوه بر», «پس از»
        let compound = |at: usize| at > low && self.is_one_of(at - 1, &words::COMPOUND);
        let from = (low..verb.start).filter(|&at| !compound(at)).find(|&at| {
            takes(complement::BAR) && self.is_one_of(at, &["بر"])
                || takes(complement::AZ) && self.is_one_of(at, &["از"]) && !self.is(at, word::VAGUE)
                || takes(complement::NESBAT) && self.is_one_of(at, &["نسبت"]) && self.is_one_of(at + 1, &["به"])
        })?;
        let first = from + 1 + usize::from(self.is_one_of(from, &["نسبت"]));
        let plain = self.verb_between(from, verb.start) == 0 && !(first..verb.start).any(|at| self.is(at, word::THAT));
        (plain && first < verb.start && self.is_word(first)).then_some((from, first))
    }

    /// «شمار را | ۲۰ نفر اعلام کرد»: something stands between «را» and the verb.
    fn has_predicate(&self, clause: usize, verb: usize) -> bool {
        let mark = (clause.max(verb.saturating_sub(REACH))..verb).rfind(|&at| self.is_one_of(at, &["را"]));
        mark.is_some_and(|mark| {
            let amount = (mark + 1..verb).any(|at| self.is_digits(at));
            mark + 1 < verb
                && !self.is(mark + 1, word::PREP | word::FILLER)
                && (amount || !self.is(mark + 1, word::TIME))
        })
    }

    /// True if a clause may follow a verb without "that".
    fn goes_on(&self, at: usize, end: usize) -> bool {
        at < end
            && !self.is_comma(at)
            && !self.is_mark(at, &['.', '!', '؟', '…', ')', '»'])
            && !self.is_one_of(at, &["و", "اما", "ولی", "یا", "،"])
            && self.verb_at(at).is_none_or(|verb| verb.verb.frame == Frame::Source)
            && self.has_told_words(at, end)
    }

    fn has_object_mark(&self, clause: usize, verb: usize) -> bool {
        (clause..verb).any(|at| self.is_one_of(at, &["را"]))
    }

    /// Where the object begins that stands between subject and verb, with را: «دادستان | این افراد را متهم کرد که …»; the verb, if
    /// there is none.
    fn before_addressee(&self, clause: usize, verb: usize) -> usize {
        let Some(mark) = (clause + 2..verb).rfind(|&at| self.is_one_of(at, &["را"])) else { return verb };
        let nearest = mark.saturating_sub(MOST_OBJECT).max(clause + 1);
        if let Some(this) = (nearest..mark).rfind(|&at| self.is_one_of(at, &["این", "آن"])) {
            return this;
        }
        // The last name, if it is the object, else what stands behind it.
        let of = |at: usize| self.token(at).and_then(|token| token.entity);
        let Some(last) = (nearest..mark).rfind(|&at| of(at).is_some()) else { return verb };
        if last + 1 < mark {
            return last + 1;
        }
        (nearest..mark).rfind(|&at| of(at) != of(last)).map_or(verb, |before| before + 1)
    }

    /// Enough words for a clause.
    fn has_told_words(&self, start: usize, end: usize) -> bool {
        (start..end.min(start + 4)).filter(|&at| self.is_word(at) || self.is_quoted(at)).count() >= 2
    }

    fn is_that_behind(&self, at: usize, end: usize) -> bool {
        at < end && self.is(at, word::THAT)
    }

    /// A quotation that nobody said yet, before a subject and its verb: its place, and where the subject begins.
    pub(super) fn quoted_before(&self, clause: usize, verb: usize) -> Option<(usize, usize)> {
        let place =
            (clause.max(verb.saturating_sub(24))..verb).rfind(|&at| self.is_quoted(at) && self.is_untold(at))?;
        let mut next = place + 1;
        while next < verb && self.is_comma(next) {
            next += 1;
        }
        // A name in marks is part of the subject.
        let is_name =
            place > 0 && self.is(place - 1, word::NAMING | word::ORG | word::OUTLET) && self.words_inside(place) < 6
                || self.names_somebody(place)
                || place > 0 && self.is(place - 1, word::TITLE | word::RANK) && self.words_inside(place) < 4;
        (!is_name && self.words_inside(place) > 1).then_some((place, next))
    }

    /// True if nobody was found yet who says a quotation.
    pub(super) fn is_untold(&self, at: usize) -> bool {
        self.quoted(at).is_some_and(|(place, _)| !self.taken.get(place).copied().unwrap_or(true))
    }

    /// What follows a colon or stands right behind the verb.
    fn persian_told(&mut self, at: usize, end: usize, said: super::reader::Said) -> usize {
        if self.is_quoted(at) && self.is_whole(at) {
            self.speak(at, said);
            return at + 1;
        }
        let to = self.end_of_colon(end);
        self.report(at, to, said);
        to
    }

    fn persian_wish_end(&self, start: usize, end: usize) -> Option<usize> {
        (start..end).find(|&at| {
            self.is_one_of(at, &["شد", "شدند", "شده", "شده‌اند", "می‌شود", "است", "هستند"])
                && (at + 1 >= end
                    || self.is_comma(at + 1)
                    || self.is_mark(at + 1, &['.', '۔'])
                    || self.is_one_of(at + 1, &["و", "است", "بود", "اما"])
                    || self.is_one_of(at, &["شد", "شدند"]))
        })
    }

    /// Where a clause ends that is reported.
    fn persian_end(&self, start: usize, end: usize) -> usize {
        let end = end.min(start + LONGEST);
        for at in start + 1..end {
            if self.is_mark(at, &['؛', ';']) {
                return at;
            }
            if self.is_comma(at) && self.is(at + 1, word::BREAK) && self.verb_between(at, end) > 0 {
                return at;
            }
            // «… و اعلام کرد …», «… و از … خبر داد»
            // «فیلم گرفته و تهدید کرده‌اند»: two verbs of one clause.
            let perfect =
                |at: usize| self.raw(at).ends_with("ه") && self.is_word(at) && !self.is(at, word::ROLE | word::ORG);
            let chained = self.is_one_of(at, &["و"])
                && perfect(at - 1)
                && self.verb_at(at + 1).is_some_and(|verb| {
                    let last = self.raw(verb.end - 1);
                    last.ends_with("ه‌اند") || last.ends_with("ه") || last == "است" || last == "اند"
                });
            let joins = self.is_one_of(at, &["و", "اما", "ولی"]) && !chained || self.is_comma(at);
            if joins {
                let next = at + 1;
                if self.verb_at(next).is_some_and(|verb| verb.verb.frame != Frame::Source || self.is_comma(at)) {
                    return at;
                }
                if self.is_comma(at) && self.is_one_of(next, &["و", "اما", "ولی"]) && self.verb_at(next + 1).is_some()
                {
                    return at;
                }
                if self.is_one_of(next, &["از", "به"]) {
                    let verb = (next..end.min(next + 16)).find_map(|place| self.verb_at(place));
                    let other =
                        (next..end.min(next + 16)).find(|&place| self.is_one_of(place, &["و"]) || self.is_comma(place));
                    if let Some(verb) = verb
                        && other.is_none_or(|other| other > verb.start)
                        && matches!(verb.verb.class, VerbClass::Announce | VerbClass::Ask)
                        && !self.is_one_of(at, &["ولی"])
                    {
                        return at;
                    }
                }
            }
            // «… که …» of a verb that has its own clause: the words between belong to the next report.
            if self.is_colon(at) && at > start + 1 && self.is_quoted(at + 1) {
                return at;
            }
        }
        end
    }
}
