//! Writes the JSON Schema of the record to standard output; `cargo xtask data` keeps data/schema/record-v1.json current.

use std::io::Write;

use khabar_model::{CharSpan, Record};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let schema = schemars::schema_for!(Record<CharSpan>);
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema)?;
    out.write_all(b"\n")?;
    Ok(())
}
