//! Parquet tables, written by the crate that reads them, sound and broken.

use std::sync::Arc;

use parquet::basic::{BrotliLevel, Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::*;

/// The cells of a column in one row group; levels only where the column has them.
struct Cells {
    values: Values,
    definitions: Option<Vec<i16>>,
    repetitions: Option<Vec<i16>>,
}

enum Values {
    Text(Vec<Vec<u8>>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Double(Vec<f64>),
    Bool(Vec<bool>),
    Fixed(Vec<Vec<u8>>),
}

fn required(values: Values) -> Cells {
    Cells { values, definitions: None, repetitions: None }
}

fn words(values: &[&str]) -> Values {
    Values::Text(values.iter().map(|word| word.as_bytes().to_vec()).collect())
}

/// An optional column of text: `None` is null.
fn optional(values: &[Option<&str>]) -> Cells {
    let there: Vec<&str> = values.iter().flatten().copied().collect();
    let definitions = values.iter().map(|value| i16::from(value.is_some())).collect();
    Cells { values: words(&there), definitions: Some(definitions), repetitions: None }
}

fn table_of(schema: &str, properties: WriterPropertiesBuilder, groups: &[Vec<Cells>]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build())).unwrap();
    for columns in groups {
        let mut group = writer.next_row_group().unwrap();
        for Cells { values, definitions, repetitions } in columns {
            let mut column = group.next_column().unwrap().unwrap();
            let levels = (definitions.as_deref(), repetitions.as_deref());
            let bytes = |values: &[Vec<u8>]| values.iter().cloned().map(ByteArray::from).collect::<Vec<_>>();
            match (column.untyped(), values) {
                (ColumnWriter::ByteArrayColumnWriter(own), Values::Text(values)) => {
                    own.write_batch(&bytes(values), levels.0, levels.1)
                }
                (ColumnWriter::Int32ColumnWriter(own), Values::Int(values)) => {
                    own.write_batch(values, levels.0, levels.1)
                }
                (ColumnWriter::Int64ColumnWriter(own), Values::Long(values)) => {
                    own.write_batch(values, levels.0, levels.1)
                }
                (ColumnWriter::DoubleColumnWriter(own), Values::Double(values)) => {
                    own.write_batch(values, levels.0, levels.1)
                }
                (ColumnWriter::BoolColumnWriter(own), Values::Bool(values)) => {
                    own.write_batch(values, levels.0, levels.1)
                }
                (ColumnWriter::FixedLenByteArrayColumnWriter(own), Values::Fixed(values)) => {
                    let values: Vec<FixedLenByteArray> = values.iter().cloned().map(FixedLenByteArray::from).collect();
                    own.write_batch(&values, levels.0, levels.1)
                }
                _ => panic!("cells that are not of their column's type"),
            }
            .unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn plain() -> WriterPropertiesBuilder {
    WriterProperties::builder()
}

/// Everything found in a file of these bytes, and what the manifest says of it.
fn read_file(bytes: &[u8], settings: &ReadSettings) -> (Vec<Found>, InputFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.parquet");
    write(&path, bytes);
    let mut input = Input::plan(&[path.display().to_string()], settings.clone()).unwrap();
    let all: Vec<Found> = input.by_ref().collect();
    let file = input.finish().remove(0);
    assert_eq!((file.records, file.bytes <= bytes.len() as u64), (all.len() as u64, true));
    let all = all.into_iter().map(|found| with_short_uri(found, &folder.path().display().to_string())).collect();
    (all, file)
}

fn with_short_uri(found: Found, folder: &str) -> Found {
    let short = |uri: &str| uri.replace(&format!("{folder}/"), "");
    match found {
        Found::Document(mut document) => {
            document.source.uri = short(&document.source.uri);
            Found::Document(document)
        }
        Found::Reject(row) => Found::Reject(RejectRow { uri: short(&row.uri), ..row }),
        Found::Skip(row) => Found::Skip(SkipRow { uri: short(&row.uri), ..row }),
    }
}

fn rows_of(bytes: &[u8]) -> Vec<Found> {
    read_file(bytes, &ReadSettings::default()).0
}

const TEXTS: &str = "message t { required binary text (UTF8); }";

#[test]
fn rows_become_documents() {
    let schema = "message t {
        required int64 id;
        optional binary url (UTF8);
        optional binary title (UTF8);
        optional int64 date (TIMESTAMP(MILLIS,true));
        optional group author (LIST) { repeated group list { optional binary element (UTF8); } }
        optional binary text (UTF8);
        optional binary html;
        required double score;
        required boolean checked;
        optional int32 day (DATE);
        required fixed_len_byte_array(16) key (UUID);
        required group place { required binary city (UTF8); required int32 code; }
        repeated int32 codes;
        optional int32 price (DECIMAL(9,2));
    }";
    let group = |first: i64| {
        vec![
            required(Values::Long(vec![first, first + 1, first + 2])),
            optional(&[Some("https://Khabar.example/1"), None, Some(" ")]),
            optional(&[Some("عنوان"), None, None]),
            Cells {
                values: Values::Long(vec![1_728_901_200_000]),
                definitions: Some(vec![1, 0, 0]),
                repetitions: None,
            },
            Cells {
                values: words(&["سلمى حداد", "نادر كرم"]),
                definitions: Some(vec![3, 2, 3, 0, 1]),
                repetitions: Some(vec![0, 1, 1, 0, 0]),
            },
            optional(&[Some("نص أول"), Some("نص ثان"), Some(" \n")]),
            optional(&[None, Some("<p>صفحة"), None]),
            required(Values::Double(vec![0.5, f64::NAN, 1.0])),
            required(Values::Bool(vec![true, false, true])),
            Cells { values: Values::Int(vec![20_010]), definitions: Some(vec![1, 0, 0]), repetitions: None },
            required(Values::Fixed(vec![(0..16).collect(), vec![0; 16], vec![255; 16]])),
            required(words(&["تهران", "بيروت", "كابل"])),
            required(Values::Int(vec![1, 2, 3])),
            Cells {
                values: Values::Int(vec![7, 8]),
                definitions: Some(vec![1, 1, 0, 0]),
                repetitions: Some(vec![0, 1, 0, 0]),
            },
            Cells { values: Values::Int(vec![100]), definitions: Some(vec![1, 0, 0]), repetitions: None },
        ]
    };
    let bytes = table_of(schema, plain(), &[group(1), group(4)]);
    let (all, file) = read_file(&bytes, &ReadSettings::default());
    let expected = ["#1 نص أول", "#2 <p>صفحة", "#3 !empty", "#4 نص أول", "#5 <p>صفحة", "#6 !empty"];
    assert_eq!(outline(&all), expected.map(|line| format!("t.parquet{line}")));
    assert!(file.complete && file.bytes == bytes.len() as u64);
    assert_eq!(file.digest, format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&bytes)));
    let [one, two, ..] = documents(&all)[..] else { panic!("four documents") };
    let given = Given {
        title: Some("عنوان".into()),
        date: Some("2024-10-14T10:20:00Z".into()),
        author: Some("سلمى حداد, نادر كرم".into()),
        language: None,
        charset: Some("utf-8".into()),
    };
    assert_eq!((one.media, &one.given, one.source.record_id.as_deref()), (Media::Text, &given, Some("1")));
    assert_eq!((one.source.host.as_deref(), one.source.record), (Some("khabar.example"), Some(1)));
    assert_eq!(
        serde_json::to_string(&one.source.extra).unwrap(),
        "{\"checked\":true,\"codes\":[7,8],\"day\":\"2024-10-14\",\"key\":\"00010203-0405-0607-0809-0a0b0c0d0e0f\",\"score\":0.5}"
    );
    assert_eq!((two.media, two.source.url.as_deref(), two.given.author.as_deref()), (Media::Html, None, None));
    let settings = ReadSettings { fields: "text=text,id=url".parse().unwrap(), ..ReadSettings::default() };
    let (all, _) = read_file(&bytes, &settings);
    assert_eq!(outline(&all)[1], "t.parquet#2 نص ثان");
    assert_eq!(documents(&all)[0].source.extra["id"], 1);
}

#[test]
fn every_codec_encoding_and_version_is_read() {
    let texts: Vec<String> = (0..300).map(|nth| format!("خبر رقم {} من اليوم", nth / 3)).collect();
    let cells = || vec![optional(&texts.iter().map(|text| Some(text.as_str())).collect::<Vec<_>>())];
    let schema = "message t { optional binary text (UTF8); }";
    let expected: Vec<String> =
        texts.iter().enumerate().map(|(nth, text)| format!("t.parquet#{} {text}", nth + 1)).collect();
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
    ];
    for codec in codecs {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            for encoding in
                [None, Some(Encoding::PLAIN), Some(Encoding::DELTA_LENGTH_BYTE_ARRAY), Some(Encoding::DELTA_BYTE_ARRAY)]
            {
                let mut properties = plain()
                    .set_compression(codec)
                    .set_writer_version(version)
                    .set_dictionary_enabled(encoding.is_none())
                    .set_data_page_row_count_limit(100)
                    .set_write_batch_size(50);
                if let Some(encoding) = encoding {
                    properties = properties.set_encoding(encoding);
                }
                let bytes = table_of(schema, properties, &[cells()]);
                assert_eq!(outline(&rows_of(&bytes)), expected, "{codec:?} {version:?} {encoding:?}");
            }
        }
    }
    let all = rows_of(&table_of(schema, plain().set_compression(Compression::LZ4_RAW), &[cells()]));
    assert_eq!(outline(&all), ["t.parquet#1 !unsupported"]);
    assert!(rejects(&all)[0].2.contains("Snappy"), "{}", rejects(&all)[0].2);
}

#[test]
fn paragraphs_may_be_a_list_and_columns_may_have_other_names() {
    let schema =
        "message t { required group paragraphs (LIST) { repeated group list { required binary element (UTF8); } }
                  optional binary text (UTF8); }";
    let cells = vec![
        Cells {
            values: words(&["یک", "دو", "سه"]),
            definitions: Some(vec![1, 1, 1, 0]),
            repetitions: Some(vec![0, 1, 0, 0]),
        },
        optional(&[None, Some("چکیده"), None]),
    ];
    let bytes = table_of(schema, plain(), &[cells]);
    let settings = ReadSettings { fields: "text=paragraphs".parse().unwrap(), ..ReadSettings::default() };
    let (all, _) = read_file(&bytes, &settings);
    assert_eq!(outline(&all), ["t.parquet#1 یک\nدو", "t.parquet#2 سه", "t.parquet#3 !empty"]);
    assert_eq!(documents(&all)[1].source.extra["text"], "چکیده");
    for (schema, cells, said) in [
        (
            "message t { required binary body (UTF8); required int32 n; }",
            vec![required(words(&["x"])), required(Values::Int(vec![1]))],
            "body, n",
        ),
        ("message t { required int32 text; }", vec![required(Values::Int(vec![1]))], "holds no text"),
        (
            "message t { required group text { required binary a (UTF8); required int32 b; } }",
            vec![required(words(&["x"])), required(Values::Int(vec![1]))],
            "neither simple",
        ),
    ] {
        let all = rows_of(&table_of(schema, plain(), &[cells]));
        assert_eq!(outline(&all), ["t.parquet !malformed"]);
        assert!(rejects(&all)[0].2.contains(said), "{}", rejects(&all)[0].2);
    }
    // Bytes without a charset are handed on as they are.
    let bytes = table_of(
        "message t { required binary html; }",
        plain(),
        &[vec![required(Values::Text(vec![b"<p>\xce\xc8\xd1".to_vec()]))]],
    );
    let all = rows_of(&bytes);
    assert_eq!(
        (documents(&all)[0].payload.as_slice(), &documents(&all)[0].given.charset),
        (&b"<p>\xce\xc8\xd1"[..], &None)
    );
}

#[test]
fn a_table_takes_a_file() {
    let bytes = table_of(TEXTS, plain(), &[vec![required(words(&["خبر"]))]]);
    let all = found("a", bytes.clone());
    assert_eq!(outline(&all), ["news/a !unsupported"]);
    assert!(rejects(&all)[0].2.contains("give its path"), "{}", rejects(&all)[0].2);
    let all = rows_of(&gzip(&bytes));
    assert!(outline(&all) == ["t.parquet !unsupported"] && rejects(&all)[0].2.contains("expand it first"));
    assert_eq!(outline(&rows_of(&bytes)), ["t.parquet#1 خبر"]);
    assert_eq!(outline(&rows_of(&table_of(TEXTS, plain(), &[]))), ["t.parquet !empty"]);
}

#[test]
fn limits_hold_for_cells_pages_and_tables() {
    let settings = ReadSettings { max_document: 1000, ..ReadSettings::default() };
    let long = "خ".repeat(600);
    let bytes = table_of(TEXTS, plain(), &[vec![required(words(&["یک", &long, "دو"]))]]);
    let (all, _) = read_file(&bytes, &settings);
    assert_eq!(outline(&all), ["t.parquet#1 یک", "t.parquet#2 !too_large", "t.parquet#3 دو"]);
    // A page that holds more than may be held, and one that expands beyond all measure.
    let many: Vec<&str> = std::iter::repeat_n("سطر من النص", 2000).collect();
    let bytes = table_of(
        TEXTS,
        plain().set_dictionary_enabled(false),
        &[vec![required(words(&many))], vec![required(words(&["دو"]))]],
    );
    assert_eq!(outline(&read_file(&bytes, &settings).0), ["t.parquet#1 !too_large", "t.parquet#2001 دو"]);
    let zeros = "0".repeat(3 << 20);
    for codec in [
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
    ] {
        let bytes = table_of(
            TEXTS,
            plain().set_compression(codec).set_dictionary_enabled(false),
            &[vec![required(words(&[&zeros]))]],
        );
        assert_eq!(outline(&rows_of(&bytes)), ["t.parquet#1 !bomb"], "{codec:?}");
    }
    // One long cell of a dictionary, again and again.
    let cell: String =
        (0..4000_u32).map(|nth| char::from_u32(0x628 + nth.wrapping_mul(2_654_435_761) % 30).unwrap()).collect();
    let again: Vec<&str> = std::iter::repeat_n(cell.as_str(), 1000).collect();
    let properties =
        plain().set_dictionary_page_size_limit(1 << 20).set_compression(Compression::ZSTD(ZstdLevel::default()));
    let all = rows_of(&table_of(
        TEXTS,
        properties.set_statistics_enabled(parquet::file::properties::EnabledStatistics::None),
        &[vec![required(words(&again))]],
    ));
    assert!((5..900).contains(&all.len()), "{}", all.len());
    assert!(matches!(all.last(), Some(Found::Reject(row)) if row.reject.reason == RejectReason::Bomb));
}

#[test]
fn a_broken_table_says_where() {
    let texts: Vec<String> = (0..200).map(|nth| format!("خبر رقم {nth} من اليوم")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let properties = || plain().set_dictionary_enabled(false).set_compression(Compression::SNAPPY);
    let good = table_of(TEXTS, properties(), &[vec![required(words(&texts))], vec![required(words(&texts))]]);
    assert_eq!(rows_of(&good).len(), 400);
    for cut in [5, 11, 100, good.len() - 4, good.len() - 9] {
        let all = rows_of(&good[..cut]);
        assert_eq!(outline(&all), ["t.parquet !truncated"], "{cut}");
    }
    // A page of the first row group: the second stands on its own.
    let mut damaged = good.clone();
    damaged[60..90].fill(0xff);
    let all = rows_of(&damaged);
    assert_eq!(all.len(), 201, "{:?}", rejects(&all));
    assert_eq!(outline(&all)[1], "t.parquet#201 خبر رقم 0 من اليوم");
    assert!(rejects(&all)[0].2.contains("column `text`, row 1"), "{}", rejects(&all)[0].2);
    let mut index = good.clone();
    let at = good.len() - 40;
    index[at..at + 20].fill(0xff);
    assert!(matches!(rejects(&rows_of(&index))[0].0, RejectReason::Malformed | RejectReason::Truncated));
    let mut secret = good.clone();
    let end = secret.len();
    secret[end - 4..].copy_from_slice(b"PARE");
    assert_eq!(outline(&rows_of(&secret)), ["t.parquet !unsupported"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
    #[test]
    fn any_damage_is_survived(
        version in any::<bool>(),
        encoding in 0..4_usize,
        hits in proptest::collection::vec((any::<u16>(), any::<u8>()), 0..6),
        cut in proptest::option::of(any::<u16>()),
    ) {
        let texts: Vec<String> = (0..40).map(|nth| format!("خبر رقم {} من اليوم", nth / 2)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let encodings = [Encoding::PLAIN, Encoding::DELTA_LENGTH_BYTE_ARRAY, Encoding::DELTA_BYTE_ARRAY];
        let mut properties = plain().set_dictionary_enabled(encoding == 3).set_data_page_row_count_limit(10).set_write_batch_size(10);
        if version {
            properties = properties.set_writer_version(WriterVersion::PARQUET_2_0);
        }
        if let Some(encoding) = encodings.get(encoding) {
            properties = properties.set_encoding(*encoding);
        }
        let schema = "message t { required binary text (UTF8); required group tags (LIST) { repeated group list { required binary element (UTF8); } } }";
        let tags = Cells { values: words(&texts), definitions: Some(vec![1; 40]), repetitions: Some((0..40).map(|nth| nth % 2).collect()) };
        let cells = || vec![required(words(&texts[..20])), Cells { values: words(&texts), definitions: tags.definitions.clone(), repetitions: tags.repetitions.clone() }];
        let mut bytes = table_of(schema, properties, &[cells(), cells()]);
        let length = bytes.len();
        for (at, byte) in hits {
            bytes[4 + usize::from(at) % (length - 4)] = byte;
        }
        if let Some(cut) = cut.filter(|cut| cut % 8 == 0) {
            bytes.truncate(4 + usize::from(cut) % (length - 4));
        }
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let (all, _) = read_file(&bytes, &ReadSettings::default());
        std::panic::set_hook(hook);
        prop_assert!(!all.is_empty());
        for document in documents(&all) {
            prop_assert!(document.source.record.is_some() && !document.payload.is_empty());
        }
    }
}
