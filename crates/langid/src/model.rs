//! The model: per script group one row of small integers for each hashed feature, and its checked file format.
//!
//! Little endian. Header: magic, `u32` version, `u64` xxh3 of all that follows. Then for each group in the order of
//! [`Group::ALL`]: four letters of its tag, `u8` bits, `u8` lanes, `f32` scale, one `f32` temperature per length
//! bucket; for each lane a `u8` length, the language code, `f32` bias, `f32` typical evidence and `f32` its spread;
//! then `2^bits` rows of one `i8` per lane, padded to the group's stride.

use xxhash_rust::xxh3::xxh3_64;

use crate::{
    error::{Error, ErrorKind},
    script::Group,
};

const MAGIC: &[u8; 8] = b"KHLANGID";
const VERSION: u32 = 2;
/// Bytes before the first group.
const HEADER: usize = MAGIC.len() + 4 + 8;

/// Upper ends of the length buckets in letters; the last bucket has none.
pub(crate) const LENGTHS: [u32; 6] = [6, 12, 24, 48, 96, 192];
/// Temperatures per group: one a bucket.
pub(crate) const BUCKETS: usize = LENGTHS.len() + 1;

/// Features beyond which a text is no surer to be usual: from there on, topics differ more than chance does.
pub(crate) const TYPICAL_FEATURES: usize = 300;

/// The bucket of a text with so many letters.
pub(crate) fn length_bucket(letters: u32) -> usize {
    LENGTHS.iter().position(|&end| letters <= end).unwrap_or(LENGTHS.len())
}

/// One output of a group: a language, or a part of one (Egyptian of Arabic), or foreign languages (`und`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lane {
    /// The language code that the lane counts for; several lanes may share one.
    pub(crate) code: String,
    /// Added to the score.
    pub(crate) bias: f32,
    /// Mean evidence per feature for this lane in its own text.
    pub(crate) typical: f32,
    /// Standard deviation of that mean over texts, times the square root of their features, [`TYPICAL_FEATURES`] at
    /// most.
    pub(crate) spread: f32,
}

/// The statistics of one script group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows {
    /// Rows are `2^bits`.
    pub(crate) bits: u32,
    /// What one step of a weight is worth.
    pub(crate) scale: f32,
    /// Softmax temperature by length bucket.
    pub(crate) temperature: [f32; BUCKETS],
    pub(crate) lanes: Vec<Lane>,
    pub(crate) weights: Weights,
}

/// The weights of a group, eight to a word, each plus 128, so that sums need no signs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weights {
    /// Row-major; rows are whole words.
    words: Vec<u64>,
}

/// What is added to a weight.
const BIAS: i32 = 128;
/// Weights that are added up in 16 bits: 257 times 255 is what fits.
const MOST_ADDED: usize = 257;

impl Weights {
    /// Packs rows of a [`stride`].
    pub(crate) fn pack(weights: &[i8], stride: usize) -> Self {
        let word = |part: &[i8]| {
            let mut bytes = [BIAS as u8; 8];
            for (byte, &weight) in bytes.iter_mut().zip(part) {
                *byte = (i32::from(weight) + BIAS) as u8;
            }
            u64::from_le_bytes(bytes)
        };
        Self { words: weights.chunks_exact(stride).flat_map(|row| row.chunks(8)).map(word).collect() }
    }

    /// The rows that were packed.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn unpack(&self, stride: usize) -> Vec<i8> {
        let row = |words: &[u64]| {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            bytes.into_iter().take(stride).map(|byte| (i32::from(byte) - BIAS) as i8).collect::<Vec<_>>()
        };
        self.words.chunks_exact(stride.div_ceil(8)).flat_map(row).collect()
    }
}

/// Sums of up to [`MOST_ADDED`] rows, in 16 bits a lane: the lanes at even and at odd places.
struct Partial<const WORDS: usize> {
    even: [u64; WORDS],
    odd: [u64; WORDS],
    rows: i32,
}

impl<const WORDS: usize> Default for Partial<WORDS> {
    fn default() -> Self {
        Self { even: [0; WORDS], odd: [0; WORDS], rows: 0 }
    }
}

impl<const WORDS: usize> Partial<WORDS> {
    #[inline(always)]
    fn with(mut self, row: &[u64; WORDS]) -> Self {
        const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
        for ((even, odd), word) in self.even.iter_mut().zip(&mut self.odd).zip(row) {
            *even += word & EVEN;
            *odd += word >> 8 & EVEN;
        }
        self.rows += 1;
        self
    }

    fn add_to(self, sums: &mut [i32]) {
        for (lanes, (even, odd)) in sums.chunks_exact_mut(8).zip(self.even.into_iter().zip(self.odd)) {
            for (at, lane) in lanes.iter_mut().enumerate() {
                let word = if at % 2 == 0 { even } else { odd };
                *lane += (word >> (at / 2 * 16) & 0xffff) as i32 - BIAS * self.rows;
            }
        }
    }
}

/// Lanes of the widest group, and how many of them are summed together.
const WIDEST: usize = 112;
const BLOCK: usize = 16;
/// Features after which lanes are compared.
const LOOK: usize = 96;
/// Nats behind the best lane at which a block of lanes is left alone: distances grow with the root of the features.
const HOPELESS: f32 = 6.0;

/// Row widths: a few, so that each gets a summing loop of constant width.
pub(crate) fn stride(lanes: usize) -> Option<usize> {
    [4, 8, 16, WIDEST].into_iter().find(|&stride| lanes <= stride)
}

impl Rows {
    /// The score of each lane: the sum of the features' rows over the square root of their number, plus bias. In the
    /// widest group, lanes that fall far behind early get the least score that there is.
    pub(crate) fn scores(&self, features: &[u16]) -> Vec<f32> {
        let sums = match stride(self.lanes.len()) {
            Some(4 | 8) => self.sum::<1>(features),
            Some(16) => self.sum::<2>(features),
            _ => self.sum_of_hopeful(features),
        };
        let unit = self.unit(features.len());
        self.lanes.iter().zip(sums).map(|(lane, sum)| sum as f32 * unit + lane.bias).collect()
    }

    /// What a step of a sum is worth in a text of so many features.
    fn unit(&self, features: usize) -> f32 {
        self.scale / (features.max(1) as f32).sqrt()
    }

    fn sum<const WORDS: usize>(&self, features: &[u16]) -> Vec<i32> {
        let (rows, _) = self.weights.words.as_chunks::<WORDS>();
        let mut sums = vec![0; WORDS * 8];
        for part in features.chunks(MOST_ADDED) {
            let row = |&feature: &u16| rows.get(usize::from(feature));
            part.iter().filter_map(row).fold(Partial::default(), Partial::with).add_to(&mut sums);
        }
        sums
    }

    /// The sums of [`WIDEST`] lanes, of which blocks of sixteen are left out as soon as none of their lanes is in sight of
    /// the best.
    fn sum_of_hopeful(&self, features: &[u16]) -> Vec<i32> {
        const BLOCKS: usize = WIDEST / BLOCK;
        let (blocks, _) = self.weights.words.as_chunks::<{ BLOCK / 8 }>();
        let mut sums = [[0_i32; BLOCK]; BLOCKS];
        for padding in sums.as_flattened_mut().iter_mut().skip(self.lanes.len()) {
            *padding = i32::MIN / 2;
        }
        let mut hopeful = [true; BLOCKS];
        let mut seen = 0;
        for part in features.chunks(LOOK) {
            for (block, sums) in sums.iter_mut().enumerate().filter(|(block, _)| hopeful[*block]) {
                let weights = |&feature: &u16| blocks.get(usize::from(feature) * BLOCKS + block);
                part.iter().filter_map(weights).fold(Partial::default(), Partial::with).add_to(sums);
            }
            seen += part.len();
            if seen < 2 * LOOK {
                continue;
            }
            let best_of = |block: &[i32; BLOCK]| block.iter().copied().max().unwrap_or(i32::MIN);
            let best = sums.iter().map(best_of).max().unwrap_or(0);
            let sight = (HOPELESS / self.unit(seen)) as i32;
            for (hopeful, block) in hopeful.iter_mut().zip(&sums) {
                *hopeful &= best - best_of(block) <= sight;
            }
        }
        for (block, _) in sums.iter_mut().zip(hopeful).filter(|(_, hopeful)| !hopeful) {
            *block = [i32::MIN; BLOCK];
        }
        sums.as_flattened().to_vec()
    }

    /// The chance of each lane, given its score and the letters of the text.
    pub(crate) fn chances(&self, scores: &[f32], letters: u32) -> Vec<f32> {
        softmax(scores, self.temperature[length_bucket(letters)])
    }

    /// How far the evidence for `lane` lies from what its own texts show, in standard deviations; below zero is less.
    pub(crate) fn typicality(&self, lane: usize, score: f32, features: usize) -> f32 {
        let Some(lane) = self.lanes.get(lane) else { return 0.0 };
        let evidence = (score - lane.bias) / (features.max(1) as f32).sqrt();
        let root = (features.min(TYPICAL_FEATURES) as f32).sqrt();
        (evidence - lane.typical) * root / lane.spread.max(1e-6)
    }
}

/// Softmax of `scores` divided by `temperature`.
pub(crate) fn softmax(scores: &[f32], temperature: f32) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let chance = |score: &f32| {
        let behind = (score - top) / temperature;
        // Most languages are out of the question: e to the minus 30 is no chance.
        if behind < -30.0 { 0.0 } else { exp(behind) }
    };
    let mut chances: Vec<f32> = scores.iter().map(chance).collect();
    let sum: f32 = chances.iter().sum();
    chances.iter_mut().for_each(|chance| *chance /= sum);
    chances
}

/// e to the `x` for `x` at most 0, by arithmetic alone: the system's own differs between platforms, and a retrained
/// model has to have the same bytes everywhere. Relative error below 1e-6.
fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-80.0, 0.0)) * std::f64::consts::LOG2_E;
    // `floor` is a call into the system's library where the processor may lack it.
    let whole = x as i64 - i64::from(x < (x as i64) as f64);
    let y = (x - whole as f64) * std::f64::consts::LN_2;
    let series = 1.0 + y * (1.0 + y / 2.0 * (1.0 + y / 3.0 * (1.0 + y / 4.0 * (1.0 + y / 5.0 * (1.0 + y / 6.0)))));
    let power = f64::from_bits(((whole + 1023) as u64) << 52);
    (series * power) as f32
}

/// All groups, in the order of [`Group::ALL`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Model {
    pub(crate) groups: Vec<Rows>,
}

impl Model {
    /// The statistics of a group.
    pub(crate) fn rows(&self, group: Group) -> &Rows {
        &self.groups[group as usize]
    }

    /// Reads a model file and checks all of it.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut input = Input { bytes, at: 0 };
        if input.array::<8>()? != *MAGIC {
            return Err(Error::new(ErrorKind::Magic, 0));
        }
        if u32::from_le_bytes(input.array()?) != VERSION {
            return Err(Error::new(ErrorKind::Version, MAGIC.len()));
        }
        let checksum = u64::from_le_bytes(input.array()?);
        if xxh3_64(bytes.get(HEADER..).unwrap_or_default()) != checksum {
            return Err(Error::new(ErrorKind::Checksum, HEADER - 8));
        }
        let groups = Group::ALL.iter().map(|group| input.group(*group)).collect::<Result<_, _>>()?;
        if input.at != bytes.len() {
            return Err(Error::new(ErrorKind::Trailing, input.at));
        }
        Ok(Self { groups })
    }

    /// The file that [`Model::parse`] reads back.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (group, rows) in Group::ALL.iter().zip(&self.groups) {
            body.extend_from_slice(group.tag().as_bytes());
            body.extend_from_slice(&[rows.bits as u8, rows.lanes.len() as u8]);
            body.extend_from_slice(&rows.scale.to_le_bytes());
            rows.temperature.iter().for_each(|t| body.extend_from_slice(&t.to_le_bytes()));
            for lane in &rows.lanes {
                body.push(lane.code.len() as u8);
                body.extend_from_slice(lane.code.as_bytes());
                [lane.bias, lane.typical, lane.spread].iter().for_each(|x| body.extend_from_slice(&x.to_le_bytes()));
            }
            let stride = stride(rows.lanes.len()).unwrap_or(WIDEST);
            body.extend(rows.weights.unpack(stride).iter().map(|&weight| weight as u8));
        }
        let mut file = MAGIC.to_vec();
        file.extend_from_slice(&VERSION.to_le_bytes());
        file.extend_from_slice(&xxh3_64(&body).to_le_bytes());
        file.extend(body);
        file
    }
}

/// A model file and the place that reading has come to.
struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], Error> {
        let end = self.at.saturating_add(len);
        let taken = self.bytes.get(self.at..end).ok_or(Error::new(ErrorKind::Truncated, self.bytes.len()))?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let at = self.at;
        self.take(N)?.try_into().map_err(|_| Error::new(ErrorKind::Truncated, at))
    }

    /// A finite number from `low` to `high`.
    fn number(&mut self, low: f32, high: f32) -> Result<f32, Error> {
        let at = self.at;
        let number = f32::from_le_bytes(self.array()?);
        if (low..=high).contains(&number) { Ok(number) } else { Err(Error::new(ErrorKind::Range, at)) }
    }

    fn group(&mut self, group: Group) -> Result<Rows, Error> {
        let start = self.at;
        let range = || Error::new(ErrorKind::Range, start);
        if self.array::<4>()? != group.tag().as_bytes() {
            return Err(range());
        }
        let [bits, lanes] = self.array()?;
        if !(8..=16).contains(&bits) || lanes == 0 {
            return Err(range());
        }
        let stride = stride(usize::from(lanes)).ok_or_else(range)?;
        let scale = self.number(0.0, 1e3)?;
        let mut temperature = [1.0; BUCKETS];
        for t in &mut temperature {
            *t = self.number(1e-3, 1e3)?;
        }
        let lanes = (0..lanes).map(|_| self.lane()).collect::<Result<Vec<_>, _>>()?;
        let weights: Vec<i8> = self.take(stride << bits)?.iter().map(|&byte| byte as i8).collect();
        let weights = Weights::pack(&weights, stride);
        Ok(Rows { bits: u32::from(bits), scale, temperature, lanes, weights })
    }

    fn lane(&mut self) -> Result<Lane, Error> {
        let start = self.at;
        let [len] = self.array()?;
        let code = self.take(usize::from(len))?;
        if !(2..=3).contains(&len) || !code.iter().all(u8::is_ascii_lowercase) {
            return Err(Error::new(ErrorKind::Range, start));
        }
        Ok(Lane {
            code: String::from_utf8_lossy(code).into_owned(),
            bias: self.number(-1e6, 1e6)?,
            typical: self.number(-1e6, 1e6)?,
            spread: self.number(0.0, 1e6)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two lanes a group, 256 rows, weights that differ.
    fn small() -> Model {
        let lane = |code: &str, bias| Lane { code: code.to_owned(), bias, typical: 0.5, spread: 2.0 };
        let rows = Rows {
            bits: 8,
            scale: 0.25,
            temperature: [1.5; BUCKETS],
            lanes: vec![lane("ar", 0.0), lane("fas", -1.0)],
            weights: Weights::pack(&(0..256 * 4).map(|at| (at % 200) as u8 as i8).collect::<Vec<_>>(), 4),
        };
        Model { groups: vec![rows; Group::ALL.len()] }
    }

    #[test]
    fn a_written_model_reads_back() {
        assert_eq!(Model::parse(&small().to_bytes()), Ok(small()));
    }

    /// The checksum holds for these files, so the checks behind it have to find what is wrong.
    #[test]
    fn values_out_of_range_are_refused() {
        let broken = |breaks: fn(&mut Rows)| {
            let mut model = small();
            breaks(&mut model.groups[1]);
            Model::parse(&model.to_bytes()).map(|_| ()).map_err(|error| error.kind())
        };
        assert_eq!(broken(|rows| rows.bits = 40), Err(ErrorKind::Range));
        assert_eq!(broken(|rows| rows.scale = f32::NAN), Err(ErrorKind::Range));
        assert_eq!(broken(|rows| rows.temperature[2] = 0.0), Err(ErrorKind::Range));
        assert_eq!(broken(|rows| rows.lanes.clear()), Err(ErrorKind::Range));
        assert_eq!(broken(|rows| rows.lanes[0].code = "AR".to_owned()), Err(ErrorKind::Range));
        assert_eq!(broken(|rows| rows.lanes[0].code = "arabic".to_owned()), Err(ErrorKind::Range));
        assert_eq!(broken(|rows| rows.lanes[0].spread = -1.0), Err(ErrorKind::Range));
        assert_eq!(broken(|rows| rows.weights.words.truncate(7)), Err(ErrorKind::Range));
        let resized = |change: fn(&mut Vec<u8>)| {
            let mut file = small().to_bytes();
            change(&mut file);
            let checksum = xxh3_64(&file[HEADER..]).to_le_bytes();
            file[HEADER - 8..HEADER].copy_from_slice(&checksum);
            Model::parse(&file).map(|_| ()).map_err(|error| error.kind())
        };
        assert_eq!(resized(|file| file.truncate(file.len() - 1)), Err(ErrorKind::Truncated));
        assert_eq!(resized(|file| file.push(1)), Err(ErrorKind::Trailing));
    }

    #[test]
    fn exp_is_close_enough() {
        for step in 0..2000 {
            let x = -0.01 * step as f32;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn scores_add_rows_by_feature() {
        let rows = &small().groups[0];
        let weights = rows.weights.unpack(4);
        let features = [0_u16, 1, 1, 255];
        let sum = |lane: usize| features.iter().map(|&f| f32::from(weights[usize::from(f) * 4 + lane])).sum::<f32>();
        let expected: Vec<f32> = (0..2).map(|lane| sum(lane) * rows.scale / 2.0 + rows.lanes[lane].bias).collect();
        assert_eq!(rows.scores(&features), expected);
    }
}
