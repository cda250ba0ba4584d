//! What it costs to hear one sound for another, and the cheapest way from one name to another.

use super::Sound;

/// The cost of a consonant that nothing answers to, and of one for another that sounds unlike: the unit.
const FULL: u32 = 100;

/// No pair of [`NEAR`].
const FAR: u8 = u8::MAX;

/// The costs of all pairs.
pub(super) static COSTS: Costs = Costs::new();

/// Costs in hundredths of a consonant.
pub(super) struct Costs {
    swap: [[u8; Sound::COUNT]; Sound::COUNT],
}

/// Sounds that are heard, spelled or transliterated for one another, with the cost of it. What Arabic has no letter
/// for (p, v, g, ch) and what Persian says alike (ث س ص, ذ ز ض ظ) is cheap.
const NEAR: &[(Sound, Sound, u8)] = {
    use Sound::*;
    &[
        (B, P, 10),
        (F, V, 10),
        (V, W, 15),
        (W, F, 45),
        (V, B, 45),
        (F, P, 40),
        (T, Th, 15),
        (T, D, 40),
        (D, Dh, 15),
        (Dh, Z, 15),
        (Dh, Th, 30),
        (Dh, S, 60),
        (Th, S, 20),
        (Th, D, 50),
        (S, Z, 30),
        (S, Sh, 35),
        (S, Ch, 50),
        (Sh, Ch, 20),
        (Sh, J, 50),
        (Sh, Zh, 35),
        (Ch, J, 35),
        (Ch, K, 35),
        (Ch, Kh, 30),
        (Ch, Zh, 45),
        (Ch, T, 60),
        (Ch, Q, 60),
        (J, Zh, 15),
        (J, G, 15),
        (J, Gh, 40),
        (J, Y, 35),
        (J, Kh, 50),
        (J, H, 55),
        (J, Z, 50),
        (Zh, Z, 30),
        (Zh, G, 40),
        (G, Gh, 10),
        (G, K, 30),
        (G, Q, 30),
        (G, H, 45),
        (G, Kh, 60),
        (Gh, Q, 25),
        (Gh, K, 45),
        (Gh, R, 70),
        (Gh, Kh, 50),
        (K, Q, 5),
        (K, Kh, 30),
        (K, S, 60),
        (Q, Kh, 40),
        (Kh, H, 20),
        (M, N, 50),
        (L, R, 70),
        (L, N, 75),
        // Vowels that Arabic script writes, and those of other scripts.
        (Aa, A, 0),
        (Aa, E, 12),
        (Aa, O, 15),
        (Aa, U, 22),
        (Aa, I, 25),
        (Ii, I, 0),
        (Ii, E, 5),
        (Ii, Y, 5),
        (Ii, A, 25),
        (Ii, U, 30),
        (Ii, O, 35),
        (Ii, J, 40),
        (Uu, U, 0),
        (Uu, O, 3),
        (Uu, W, 5),
        (Uu, V, 15),
        (Uu, F, 55),
        (Uu, A, 25),
        (Uu, E, 30),
        (Uu, I, 35),
        (Aa, Ii, 35),
        (Aa, Uu, 35),
        (Ii, Uu, 40),
        (A, E, 6),
        (A, O, 8),
        (A, I, 12),
        (A, U, 12),
        (E, I, 5),
        (E, O, 12),
        (E, U, 12),
        (I, O, 15),
        (I, U, 14),
        (O, U, 4),
        (Y, I, 10),
        (Y, E, 15),
        (W, U, 10),
        (W, O, 15),
        // Carriers.
        (Breath, A, 3),
        (Breath, E, 5),
        (Breath, I, 8),
        (Breath, O, 8),
        (Breath, U, 8),
        (Breath, Aa, 10),
        (Breath, Ii, 20),
        (Breath, Uu, 20),
        (Breath, H, 25),
        (Breath, T, 50),
        (ArticleA, A, 5),
        (ArticleA, E, 5),
        (ArticleA, O, 5),
        (ArticleA, U, 5),
        (ArticleA, Aa, 5),
        (ArticleL, L, 5),
    ]
};

/// What a sound costs that the other name does not have.
fn alone(sound: Sound) -> u32 {
    match sound {
        Sound::A | Sound::E | Sound::I | Sound::O | Sound::U => 12,
        Sound::Aa | Sound::Ii | Sound::Uu => 22,
        Sound::ArticleA | Sound::ArticleL => 10,
        Sound::Breath => 12,
        Sound::H => 45,
        Sound::Y | Sound::W => 45,
        _ => FULL,
    }
}

impl Costs {
    /// The table of [`NEAR`]; [`FAR`] where it says nothing.
    const fn new() -> Self {
        let mut swap = [[FAR; Sound::COUNT]; Sound::COUNT];
        let mut sound = 0;
        while sound < Sound::COUNT {
            swap[sound][sound] = 0;
            sound += 1;
        }
        let mut pair = 0;
        while pair < NEAR.len() {
            let (one, other, cost) = NEAR[pair];
            swap[one as usize][other as usize] = cost;
            swap[other as usize][one as usize] = cost;
            pair += 1;
        }
        Self { swap }
    }

    /// One minus the distance over the weight of the heavier name; 0 if they weigh nothing.
    pub(super) fn similarity(&self, one: &[Sound], other: &[Sound]) -> f32 {
        let whole = self.weight(one).max(self.weight(other));
        if whole == 0 {
            return 0.0;
        }
        1.0 - self.distance(one, other).min(whole) as f32 / whole as f32
    }

    /// What a name weighs: all its sounds, alone.
    fn weight(&self, sounds: &[Sound]) -> u32 {
        sounds.iter().map(|&sound| alone(sound)).sum()
    }

    /// The cheapest way from one name to the other.
    fn distance(&self, one: &[Sound], other: &[Sound]) -> u32 {
        let mut row: Vec<u32> = std::iter::once(0)
            .chain(other.iter().scan(0, |sum, &sound| {
                *sum += alone(sound);
                Some(*sum)
            }))
            .collect();
        for &sound in one {
            let lost = alone(sound);
            let mut diagonal = row[0];
            row[0] += lost;
            for (place, &answer) in other.iter().enumerate() {
                let swapped = diagonal + self.swap(sound, answer);
                let cheapest = swapped.min(row[place + 1] + lost).min(row[place] + alone(answer));
                diagonal = row[place + 1];
                row[place + 1] = cheapest;
            }
        }
        row.last().copied().unwrap_or(0)
    }

    fn swap(&self, one: Sound, other: Sound) -> u32 {
        match self.swap[one as usize][other as usize] {
            // Never cheaper than to lose one and gain the other would say it of unlike consonants: they count once.
            FAR if !one.is_weak() && !other.is_weak() => FULL,
            FAR => alone(one) + alone(other),
            cost => cost.into(),
        }
    }
}
