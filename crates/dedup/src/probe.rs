//! The document in hand, ready to be compared with many others.

use khabar_model::DuplicateStatus;

use crate::{body::Body, overlap::Overlap, settings::Settings, tokens::pair_hash};

/// The pairs of one document in a table: another document is compared in one pass over its words, whatever their order.
/// The memory is used again for the next document.
#[derive(Debug, Default)]
pub(crate) struct Probe {
    slots: Vec<Slot>,
    /// Comparisons so far; marks the slots that the present one has met.
    comparison: u32,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u32,
    /// The comparison that met it last; [`EMPTY`] where there is no pair.
    met: u32,
}

/// No pair; counts of comparisons stay below, for a document has far fewer candidates.
const EMPTY: u32 = u32::MAX;

/// What a pass over another document found.
struct Shared {
    overlap: Overlap,
    /// Pairs of the text with fewer of them that the other lacks.
    changed: u32,
    /// Share of the pairs of the other's lead that the document in hand has; 1 where there are none.
    other_lead: f32,
    /// Share of the pairs of its own lead that the other has.
    own_lead: f32,
}

impl Probe {
    /// Takes the next document in hand.
    pub(crate) fn load(&mut self, body: &Body) {
        let size = (body.len() * 2).next_power_of_two().max(4);
        self.slots.clear();
        self.slots.resize(size, Slot { key: 0, met: EMPTY });
        self.comparison = 0;
        for pair in body.words.windows(2) {
            let &[first, second] = pair else { continue };
            let key = pair_hash(first, second);
            let place = self.place(key);
            if let Some(slot) = self.slots.get_mut(place) {
                *slot = Slot { key, met: 0 };
            }
        }
    }

    /// The slot of a key, or the empty one where it belongs.
    #[inline]
    fn place(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.met != EMPTY && slot.key != key) {
            at = (at + 1) & mask;
        }
        at
    }

    fn pass(&mut self, own: &Body, other: &Body, lead: usize) -> Shared {
        self.comparison += 1;
        let (mut shared, mut lead_pairs, mut lead_shared) = (0, 0_u32, 0_u32);
        for (at, pair) in other.words.windows(2).enumerate() {
            let &[first, second] = pair else { continue };
            let place = self.place(pair_hash(first, second));
            let Some(slot) = self.slots.get_mut(place) else { continue };
            let found = slot.met != EMPTY;
            if found && slot.met != self.comparison {
                slot.met = self.comparison;
                shared += 1;
            }
            if at + 1 < lead {
                lead_pairs += 1;
                lead_shared += u32::from(found);
            }
        }
        // Two pairs of one hash count once here and twice there.
        let shared: u32 = shared;
        let shared = shared.min(own.pairs).min(other.pairs);
        let own_lead = own.words.get(..lead).unwrap_or(&own.words);
        let own_met = own_lead.windows(2).filter(|pair| {
            let &&[first, second] = pair else { return false };
            self.slots.get(self.place(pair_hash(first, second))).is_some_and(|slot| slot.met == self.comparison)
        });
        let share = |part: u32, all: u32| if all == 0 { 1.0 } else { part as f32 / all as f32 };
        Shared {
            own_lead: share(own_met.count() as u32, own_lead.len().saturating_sub(1) as u32),
            other_lead: share(lead_shared, lead_pairs),
            overlap: Overlap::of(own.pairs, other.pairs, shared, length_ratio(own, other)),
            changed: own.pairs.min(other.pairs) - shared,
        }
    }

    /// What the document in hand shares with another.
    pub(crate) fn overlap(&mut self, own: &Body, other: &Body) -> Overlap {
        self.pass(own, other, 0).overlap
    }

    /// Whether two texts that are not the same are duplicates, and of what kind. Symmetric.
    pub(crate) fn relation(
        &mut self,
        own: &Body,
        other: &Body,
        settings: &Settings,
    ) -> Option<(DuplicateStatus, Overlap)> {
        if length_ratio(own, other) < settings.abridged_length.min(settings.near_length) {
            return None;
        }
        let Shared { overlap, changed, other_lead, own_lead } = self.pass(own, other, settings.lead);
        let (status, sure) = overlap.relation(settings)?;
        let lead = match status {
            DuplicateStatus::Abridged if own.tokens < other.tokens => other_lead,
            DuplicateStatus::Abridged => own_lead,
            _ => own_lead.min(other_lead),
        };
        let template = || own.facts.differ(&other.facts, own.tokens.min(other.tokens), changed, settings);
        ((sure || lead >= settings.lead_share) && !template()).then_some((status, overlap))
    }
}

/// Tokens of the shorter one over those of the longer one.
fn length_ratio(one: &Body, other: &Body) -> f32 {
    one.tokens.min(other.tokens) as f32 / one.tokens.max(other.tokens).max(1) as f32
}
