//! Names across scripts: what meets, what stays apart, and the promises of [`Sounds`].

use khabar_text::Sounds;
use proptest::prelude::*;

#[test]
fn spellings_of_one_name_share_a_skeleton() {
    for names in [
        &["زيلينسكي", "زيلنسكي", "زلنسکی", "Zelensky", "Zelenskyy", "Зеленский", "زیلنسکی"][..],
        &["بيونغ يانغ", "بيونج يانج", "پیونگیانگ", "پیونگ‌یانگ", "Pyongyang"],
        &["عبد الله الأحمد", "عبدالله الاحمد", "Abdullah al-Ahmad"],
        &["ألبرتو نونيس", "آلبرتو نونس", "Alberto Nunes"],
        &["محمد رضائي", "محمدرضائی", "Mohammad Rezaei"],
    ] {
        let skeletons: Vec<String> = names.iter().map(|name| Sounds::of(name).skeleton()).collect();
        assert!(skeletons.iter().all(|skeleton| *skeleton == skeletons[0]), "{names:?}: {skeletons:?}");
    }
}

#[test]
fn the_same_name_and_another() {
    let same = |one: &str, other: &str| Sounds::of(one).is_same_name(&Sounds::of(other));
    for (one, other) in [
        ("فولوديمير زيلينسكي", "Volodymyr Zelensky"),
        ("ولودیمیر زلنسکی", "فولوديمير زيلينسكي"),
        ("كيم جونغ أون", "Kim Jong Un"),
        ("الکساندر لوکاشنکو", "Alexander Lukashenko"),
        ("غازي عنتاب", "Gaziantep"),
    ] {
        assert!(same(one, other), "{one} is {other}");
        assert!(same(other, one), "{other} is {one}");
    }
    for (one, other) in [
        ("أحمد كريمي", "Hamid Karimi"),
        ("علي رضائي", "Ali Karimi"),
        ("كيم جونغ أون", "Kim Jong Il"),
        ("سول", "Sal"),
        ("عمان", "Amman"),
        ("東京", "Tokyo"),
        ("", ""),
    ] {
        assert!(!same(one, other), "{one} is not {other}");
    }
}

#[test]
fn a_name_of_few_consonants_keeps_its_vowels() {
    assert_eq!(Sounds::of("علي").skeleton(), Sounds::of("على").skeleton());
    assert_ne!(Sounds::of("علي").skeleton(), Sounds::of("لؤي").skeleton());
    assert_ne!(Sounds::of("Lee").skeleton(), Sounds::of("Lao").skeleton());
    assert_eq!(Sounds::of("東京").skeleton(), "");
}

proptest! {
    #[test]
    fn likeness_is_symmetric_bounded_and_whole_for_oneself(one in "\\PC{0,40}", other in "[ا-ی a-zA-Zа-я-]{0,40}") {
        let (one, other) = (Sounds::of(&one), Sounds::of(&other));
        let likeness = one.similarity(&other);
        prop_assert!((0.0..=1.0).contains(&likeness));
        prop_assert!((likeness - other.similarity(&one)).abs() < 1e-6);
        prop_assert!(one.is_empty() || one.similarity(&one) > 0.999);
        prop_assert_eq!(one.is_same_name(&other), other.is_same_name(&one));
    }

    #[test]
    fn a_skeleton_is_ascii_and_blind_to_spelling(name in "[ابتجدرسعفقكلمنهوي]{3,8} [ابتجدرسعفقكلمنهوي]{3,8}") {
        let skeleton = Sounds::of(&name).skeleton();
        prop_assert!(skeleton.bytes().all(|byte| byte.is_ascii_lowercase()));
        prop_assert_eq!(&skeleton, &Sounds::of(&name.replace('ك', "ک").replace('ي', "ی")).skeleton());
        prop_assert_eq!(&skeleton, &Sounds::of(&format!("{name}ُ")).skeleton());
    }
}
