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
const VERSION: u32 = 1;
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
    /// Row-major, [`stride`] of the lanes wide.
    pub(crate) weights: Vec<i8>,
}

/// Row widths: a few, so that each gets a summing loop of constant width.
pub(crate) fn stride(lanes: usize) -> Option<usize> {
    [4, 8, 16, 56].into_iter().find(|&stride| lanes <= stride)
}

impl Rows {
    /// The score of each lane: the sum of the features' rows over the square root of their number, plus bias.
    pub(crate) fn scores(&self, features: &[u16]) -> Vec<f32> {
        let sums = match stride(self.lanes.len()) {
            Some(4) => self.sum::<4>(features),
            Some(8) => self.sum::<8>(features),
            Some(16) => self.sum::<16>(features),
            _ => self.sum::<56>(features),
        };
        let unit = self.scale / (features.len().max(1) as f32).sqrt();
        self.lanes.iter().zip(sums).map(|(lane, sum)| sum as f32 * unit + lane.bias).collect()
    }

    fn sum<const STRIDE: usize>(&self, features: &[u16]) -> Vec<i32> {
        let (rows, _) = self.weights.as_chunks::<STRIDE>();
        let mut sums = [0_i32; STRIDE];
        // 256 weights of at most 127 fit into 16 bits, which adds twice as many lanes at a time.
        for part in features.chunks(256) {
            let mut partial = [0_i16; STRIDE];
            for &feature in part {
                let Some(row) = rows.get(usize::from(feature)) else { continue };
                for (sum, &weight) in partial.iter_mut().zip(row) {
                    *sum += i16::from(weight);
                }
            }
            for (sum, part) in sums.iter_mut().zip(partial) {
                *sum += i32::from(part);
            }
        }
        sums.to_vec()
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
    let mut chances: Vec<f32> = scores.iter().map(|score| exp((score - top) / temperature)).collect();
    let sum: f32 = chances.iter().sum();
    chances.iter_mut().for_each(|chance| *chance /= sum);
    chances
}

/// e to the `x` for `x` at most 0, by arithmetic alone: the system's own differs between platforms, and a retrained
/// model has to have the same bytes everywhere. Relative error below 1e-6.
fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-80.0, 0.0)) * std::f64::consts::LOG2_E;
    let whole = x.floor();
    let y = (x - whole) * std::f64::consts::LN_2;
    let series = 1.0 + y * (1.0 + y / 2.0 * (1.0 + y / 3.0 * (1.0 + y / 4.0 * (1.0 + y / 5.0 * (1.0 + y / 6.0)))));
    let power = f64::from_bits(((whole as i64 + 1023) as u64) << 52);
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
            body.extend(rows.weights.iter().map(|&weight| weight as u8));
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
        let weights = self.take(stride << bits)?.iter().map(|&byte| byte as i8).collect();
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
            weights: (0..256 * 4).map(|at| (at % 200) as u8 as i8).collect(),
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
        assert_eq!(broken(|rows| rows.weights.truncate(7)), Err(ErrorKind::Range));
        let mut short = small();
        short.groups[9].weights.pop();
        assert_eq!(Model::parse(&short.to_bytes()).map_err(|error| error.kind()), Err(ErrorKind::Truncated));
        let mut long = small();
        long.groups[9].weights.push(1);
        assert_eq!(Model::parse(&long.to_bytes()).map_err(|error| error.kind()), Err(ErrorKind::Trailing));
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
        let features = [0_u16, 1, 1, 255];
        let sum =
            |lane: usize| features.iter().map(|&f| f32::from(rows.weights[usize::from(f) * 4 + lane])).sum::<f32>();
        let expected: Vec<f32> = (0..2).map(|lane| sum(lane) * rows.scale / 2.0 + rows.lanes[lane].bias).collect();
        assert_eq!(rows.scores(&features), expected);
    }
}
