//! Zip files that are the same to the byte wherever they are made: entries in the order in which they
//! come, one date for all, nothing of the machine. Since each byte of them follows from names, contents
//! and date, a reader can tell when any is another; it refuses whatever we would not have written.
//!
//! Only what the format needs since its first days: no archive above 4 GiB, at most 65,535 entries, no
//! encryption. Source: PKWARE, `APPNOTE.TXT` 6.3.10, sections 4.3 and 4.4.

use std::fmt;

use super::checksum::sha256;
use super::date::Date;
use super::deflate::{self, Deflated, inflate};

/// The comment of a sealed archive begins so, and goes on with the checksum of all that lies before
/// the record at its end.
const SEAL: &str = "vasta sha256:";
/// Hexadecimal digits of that checksum.
const N_DIGITS: usize = 64;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
/// The length of the record at the end, its comment not counted.
const N_END: usize = 22;
/// The length of the header before a file, its name not counted.
const N_LOCAL: usize = 30;
/// The length of the header of an entry in the directory, its name not counted.
const N_CENTRAL: usize = 46;
/// The version of the format in which files may be deflated.
const VERSION: u16 = 20;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// A plain file that everybody reads and its owner writes, as Unix puts it.
const PLAIN_FILE: u32 = 0o100_644 << 16;
/// Names of attributes are those of Unix.
const UNIX: u16 = 3 << 8;

/// An archive that is being written.
#[derive(Debug)]
pub struct Archive {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    day: u16,
}

/// What an archive says of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: String,
    method: u16,
    day: u16,
    checksum: u32,
    n_packed: u32,
    n_bytes: u32,
    /// Where its header lies.
    at: u32,
}

impl Archive {
    /// An archive whose files are all of `date`, or of the first day that the format knows.
    pub fn new(date: Option<Date>) -> Self {
        Self::within(Vec::new(), date)
    }

    /// The same in the memory of `used`, whose bytes are needed no more.
    pub fn within(mut used: Vec<u8>, date: Option<Date>) -> Self {
        used.clear();
        Self { bytes: used, entries: Vec::new(), day: day(date) }
    }

    /// Makes room for contents of about `n_packed` bytes, and what goes with them.
    pub fn reserve(&mut self, n_packed: usize) {
        self.bytes.reserve(n_packed + n_packed / 8);
    }

    /// Adds the file whose compressed content is `pieces`, one after the other.
    pub fn add(&mut self, name: &str, pieces: &[&Deflated]) {
        let (stream, checksum) = deflate::join(pieces);
        let n_bytes = pieces.iter().map(|piece| piece.n_bytes()).sum();
        self.put(name, DEFLATED, checksum, n_bytes, &stream);
    }

    /// Adds a file as it is: one that is already compressed.
    pub fn store(&mut self, name: &str, bytes: &[u8]) {
        self.put(name, STORED, deflate::checksum(&[bytes]), small(bytes.len()), bytes);
    }

    fn put(&mut self, name: &str, method: u16, checksum: u32, n_bytes: u32, packed: &[u8]) {
        let n_packed = small(packed.len());
        let (name, day, at) = (name.to_owned(), self.day, small(self.bytes.len()));
        let entry = Entry { name, method, day, checksum, n_packed, n_bytes, at };
        self.bytes.extend(entry.local());
        self.bytes.extend_from_slice(packed);
        self.entries.push(entry);
    }

    /// The whole archive.
    pub fn finish(mut self) -> Vec<u8> {
        let end = self.close("");
        self.bytes.extend(end);
        self.bytes
    }

    /// The whole archive, with a checksum of itself in its comment.
    pub fn sealed(mut self) -> Vec<u8> {
        let end = self.close(&seal(b""));
        let seal = seal(&self.bytes);
        self.bytes.extend(&end[..N_END]);
        self.bytes.extend(seal.into_bytes());
        self.bytes
    }

    /// Writes the directory, and gives the record at the end.
    fn close(&mut self, comment: &str) -> Vec<u8> {
        let directory = self.bytes.len();
        self.bytes.extend(self.entries.iter().flat_map(Entry::central));
        end(self.entries.len(), directory, self.bytes.len(), comment)
    }
}

/// An archive that was read. It borrows the bytes.
pub struct Opened<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    /// The entries in order of name.
    by_name: Vec<usize>,
    /// Where the record at the end begins.
    end: usize,
}

/// Why some bytes are no archive of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// They do not end like an archive, or are cut off.
    End,
    /// The directory has an entry that we would not have written, by its number from 1.
    Directory(usize),
}

impl<'a> Opened<'a> {
    /// Reads the directory of `bytes`. Contents are looked at when they are asked for.
    ///
    /// # Errors
    /// When the archive is not one that this module would have written.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Broken> {
        let n_sealed = N_END + SEAL.len() + N_DIGITS;
        let ends = [n_sealed, N_END].map(|length| bytes.len().checked_sub(length));
        let is_end = |at: &usize| bytes[*at..].starts_with(&END);
        let at = ends.into_iter().flatten().find(is_end).ok_or(Broken::End)?;
        let directory = number(bytes, at + 16).ok_or(Broken::End)? as usize;
        if directory > at || u32::try_from(bytes.len()).is_err() {
            return Err(Broken::End);
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut next = directory;
        let mut content = 0;
        while next < at && entries.len() < usize::from(u16::MAX) {
            let broken = Broken::Directory(entries.len() + 1);
            let entry = Entry::read(bytes.get(next..at).ok_or(Broken::End)?);
            // The files lie one after the other: nothing is hidden between them.
            let entry = entry.filter(|entry| entry.at as usize == content).ok_or(broken)?;
            content += N_LOCAL + entry.name.len() + entry.n_packed as usize;
            next += N_CENTRAL + entry.name.len();
            entries.push(entry);
        }
        let comment = bytes.get(at + N_END..).and_then(|rest| std::str::from_utf8(rest).ok());
        let comment = comment.ok_or(Broken::End)?;
        if content != directory || bytes[at..] != end(entries.len(), directory, at, comment) {
            return Err(Broken::End);
        }
        let mut by_name: Vec<usize> = (0..entries.len()).collect();
        by_name.sort_by_key(|at| &entries[*at].name);
        Ok(Self { bytes, entries, by_name, end: at })
    }

    /// The names of the files, in the order of the directory.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The names of the files and their sizes, in the order of the directory, as that says them.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.entries.iter().map(|entry| (entry.name.as_str(), entry.n_bytes as usize))
    }

    /// The size of a file, as the directory says it.
    pub fn n_bytes(&self, name: &str) -> Option<usize> {
        self.entry(name).map(|entry| entry.n_bytes as usize)
    }

    /// What a file holds, if its header, size and checksum are as the directory says. It takes no more
    /// memory than the size that the directory gives.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entry(name)?;
        let packed = self.packed(entry)?;
        let n_bytes = entry.n_bytes as usize;
        let bytes = match entry.method {
            STORED => packed.to_vec(),
            _ => inflate(packed, n_bytes)?,
        };
        let is_good = bytes.len() == n_bytes && deflate::checksum(&[&bytes]) == entry.checksum;
        is_good.then_some(bytes)
    }

    /// Whether the archive is as it was sealed.
    pub fn is_intact(&self) -> bool {
        let (sealed, end) = self.bytes.split_at(self.end);
        end[N_END..] == *seal(sealed).as_bytes()
    }

    /// Whether it says of itself that it was sealed.
    pub fn is_sealed(&self) -> bool {
        self.bytes.len() > self.end + N_END
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        let found = self.by_name.binary_search_by(|at| self.entries[*at].name.as_str().cmp(name));
        Some(&self.entries[self.by_name[found.ok()?]])
    }

    /// The compressed bytes of a file, if its header is the one that the directory promises.
    fn packed(&self, entry: &Entry) -> Option<&'a [u8]> {
        let header = entry.local();
        let rest = self.bytes.get(entry.at as usize..self.end)?.strip_prefix(&*header)?;
        rest.get(..entry.n_packed as usize)
    }

    /// The compressed bytes of a file, for comparing them with what they should be.
    pub fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.packed(self.entry(name)?)
    }
}

impl fmt::Debug for Opened<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.names()).finish()
    }
}

impl Entry {
    /// The fields that both headers share.
    fn shared(&self) -> Vec<u8> {
        let mut header = Vec::with_capacity(26);
        // Version, no flags, method, midnight of the day.
        for word in [VERSION, 0, self.method, 0, self.day] {
            header.extend(word.to_le_bytes());
        }
        for word in [self.checksum, self.n_packed, self.n_bytes] {
            header.extend(word.to_le_bytes());
        }
        header.extend(small_name(&self.name).to_le_bytes());
        // No more fields.
        header.extend(0_u16.to_le_bytes());
        header
    }

    /// The header before the content.
    fn local(&self) -> Vec<u8> {
        [&LOCAL, &*self.shared(), self.name.as_bytes()].concat()
    }

    /// The header in the directory.
    fn central(&self) -> Vec<u8> {
        let mut header = CENTRAL.to_vec();
        header.extend((UNIX | VERSION).to_le_bytes());
        header.extend(self.shared());
        // No comment, the first disk, nothing about what is inside.
        header.extend([0; 6]);
        header.extend(PLAIN_FILE.to_le_bytes());
        header.extend(self.at.to_le_bytes());
        header.extend(self.name.as_bytes());
        header
    }

    /// The entry at the start of `bytes`, if we could have written it.
    fn read(bytes: &[u8]) -> Option<Self> {
        let short = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let name = bytes.get(N_CENTRAL..N_CENTRAL + usize::from(short(28)?))?;
        let entry = Self {
            name: std::str::from_utf8(name).ok()?.to_owned(),
            method: short(10)?,
            day: short(14)?,
            checksum: number(bytes, 16)?,
            n_packed: number(bytes, 20)?,
            n_bytes: number(bytes, 24)?,
            at: number(bytes, 42)?,
        };
        let is_ours = bytes.starts_with(&entry.central());
        (is_ours && [STORED, DEFLATED].contains(&entry.method)).then_some(entry)
    }
}

fn end(n_entries: usize, directory: usize, at: usize, comment: &str) -> Vec<u8> {
    let n_entries = u16::try_from(n_entries).expect("fewer than 65,536 files");
    let mut record = END.to_vec();
    record.extend([0; 4]);
    record.extend(n_entries.to_le_bytes());
    record.extend(n_entries.to_le_bytes());
    record.extend(small(at - directory).to_le_bytes());
    record.extend(small(directory).to_le_bytes());
    record.extend(small_name(comment).to_le_bytes());
    record.extend(comment.as_bytes());
    record
}

fn seal(bytes: &[u8]) -> String {
    format!("{SEAL}{}", sha256([bytes]))
}

/// A date as the format has it: years since 1980, month, day.
fn day(date: Option<Date>) -> u16 {
    let parts = date.and_then(|date| {
        let years = u16::try_from(date.year - 1980).ok().filter(|years| *years < 128)?;
        let part = |part: Option<i8>| u16::from(part.unwrap_or(1).unsigned_abs());
        Some(years << 9 | part(date.month) << 5 | part(date.day))
    });
    parts.unwrap_or(1 << 5 | 1)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn small(n_bytes: usize) -> u32 {
    u32::try_from(n_bytes).expect("less than 4 GiB")
}

fn small_name(name: &str) -> u16 {
    u16::try_from(name.len()).expect("addresses are short")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut archive = Archive::new("2026-11-26".parse().ok());
        let [head, body] = ["<html>", "<p>Testo</p>"].map(|text| Deflated::of(text.as_bytes()));
        archive.add("a/index.html", &[&head, &body]);
        archive.store("b.png", b"\x89PNG");
        archive.add("empty.txt", &[]);
        archive.sealed()
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let bytes = sample();
        let opened = Opened::open(&bytes).expect("an archive");
        assert!(opened.is_intact());
        assert_eq!(opened.names().collect::<Vec<_>>(), ["a/index.html", "b.png", "empty.txt"]);
        assert_eq!(opened.read("a/index.html").as_deref(), Some(&b"<html><p>Testo</p>"[..]));
        assert_eq!(opened.read("b.png").as_deref(), Some(&b"\x89PNG"[..]));
        assert_eq!(opened.read("empty.txt"), Some(Vec::new()));
        assert_eq!(opened.read("c"), None);
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_noticed() {
        let bytes = sample();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            let opened = Opened::open(&changed);
            assert!(!opened.is_ok_and(|opened| opened.is_intact()), "byte {at}");
            let cut = Opened::open(&bytes[..at]);
            assert!(!cut.is_ok_and(|opened| opened.is_intact()), "cut at {at}");
        }
    }
}
