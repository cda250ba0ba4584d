//! `khabar inspect` says of each name who found it and how it was linked.

use std::ffi::OsStr;

use khabar_tests::Khabar;

#[test]
fn inspect_says_who_found_a_name_and_how_it_was_linked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scrape.txt");
    // A country and a leader of the lists, his family name, a leader spelled as no list does, and somebody unknown.
    let text = "زيارة مرتقبة إلى بيونغ يانغ\n\n\
        أعلن الكرملين أن كيم جونغ أون سيلتقي الرئيس الأوكراني فلودومير زيلنسكي في كوريا الشمالية يوم الأحد المقبل.\n\n\
        وقال كيم إن الوفد الروسي وصل مع الصحفي سامر الخطيبي إلى العاصمة، وأضاف الخطيبي أن المحادثات تبدأ غدا.\n";
    #[expect(clippy::disallowed_methods, reason = "a test writes what it reads")]
    std::fs::write(&file, text).unwrap();
    let khabar = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e"));
    let shown = khabar.call(&[OsStr::new("inspect"), file.as_os_str(), OsStr::new("--bidi=never")], b"");
    assert!(shown.status.success(), "{}", shown.stderr);
    let shown = String::from_utf8(shown.stdout).unwrap();
    for expected in ["[gazetteer: key]", "short for كيم جونغ أون]", ": sound at 0.", ": not linked]"] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
}
