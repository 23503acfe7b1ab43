//! Compression: the one file that knows the library. Bytes are compressed in pieces which can be joined
//! in any order that makes sense, each with its checksum, so what is the same in many files is
//! compressed once. The library is written in Rust alone and asks no processor what it can do, so
//! the same bytes become the same everywhere.

use std::cell::RefCell;
use std::io::{Read, Write};

use flate2::read::DeflateDecoder;
use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

/// An empty last block: what ends a stream of pieces.
const END: [u8; 2] = [0x03, 0x00];

/// Some bytes, compressed so that others can follow: whole bytes, which refer to nothing before them.
#[derive(Debug, Default)]
pub struct Deflated {
    bytes: Vec<u8>,
    checksum: Crc,
}

impl Deflated {
    /// Compresses `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        thread_local! {
            static COMPRESS: RefCell<Compress> = compressor(Compression::default());
        }
        COMPRESS.with_borrow_mut(|compress| Self::with(compress, bytes))
    }

    /// Compresses `bytes` in less time and to a little more: what is needed once, or is mostly digits
    /// that cannot be foreseen.
    pub fn quickly(bytes: &[u8]) -> Self {
        thread_local! {
            static COMPRESS: RefCell<Compress> = compressor(Compression::fast());
        }
        COMPRESS.with_borrow_mut(|compress| Self::with(compress, bytes))
    }

    fn with(compress: &mut Compress, bytes: &[u8]) -> Self {
        compress.reset();
        let mut checksum = Crc::new();
        checksum.update(bytes);
        let mut packed = Vec::with_capacity(bytes.len() / 3 + 64);
        loop {
            let rest = &bytes[usize::try_from(compress.total_in()).unwrap_or(bytes.len())..];
            let step = compress.compress_vec(rest, &mut packed, FlushCompress::Full);
            step.expect("any bytes can be compressed");
            // With room left, everything that there is has been written.
            if packed.len() < packed.capacity() {
                break;
            }
            packed.reserve(packed.capacity());
        }
        Self { bytes: packed, checksum }
    }

    /// How many bytes it has in a stream.
    pub fn n_packed(&self) -> usize {
        self.bytes.len()
    }

    /// How many bytes were compressed, modulo 4 GiB.
    pub fn n_bytes(&self) -> u32 {
        self.checksum.amount()
    }
}

/// What compresses, for one thread: some hundred KiB, which would cost more to make than most pieces to
/// compress.
fn compressor(level: Compression) -> RefCell<Compress> {
    RefCell::new(Compress::new(level, false))
}

/// The stream of several pieces and the CRC-32 of what they hold.
pub fn join(pieces: &[&Deflated]) -> (Vec<u8>, u32) {
    let n_bytes: usize = pieces.iter().map(|piece| piece.bytes.len()).sum();
    let mut stream = Vec::with_capacity(n_bytes + END.len());
    let mut checksum = Crc::new();
    for piece in pieces {
        stream.extend_from_slice(&piece.bytes);
        checksum.combine(&piece.checksum);
    }
    stream.extend(END);
    (stream, checksum.sum())
}

/// What a stream holds, if that is exactly `n_bytes` and nothing follows: never more memory than that.
pub fn inflate(stream: &[u8], n_bytes: usize) -> Option<Vec<u8>> {
    let mut decoder = DeflateDecoder::new(stream);
    let mut bytes = Vec::new();
    // One byte more would show that there is more.
    decoder.by_ref().take(n_bytes as u64 + 1).read_to_end(&mut bytes).ok()?;
    // Only at its end the stream says whether it was whole.
    let is_all = decoder.read(&mut [0]).ok()? == 0 && decoder.total_in() == stream.len() as u64;
    (is_all && bytes.len() == n_bytes).then_some(bytes)
}

/// The CRC-32 of the parts of something, one after the other.
pub fn checksum(parts: &[&[u8]]) -> u32 {
    let mut checksum = Crc::new();
    parts.iter().for_each(|part| checksum.update(part));
    checksum.sum()
}

/// The parts of something, one after the other, as a zlib stream.
pub fn zlib<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    for part in parts {
        encoder.write_all(part).expect("memory can be written");
    }
    encoder.finish().expect("memory can be written")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(n_lines: usize) -> Vec<u8> {
        (0..n_lines).map(|line| format!("riga {line}\n")).collect::<String>().into_bytes()
    }

    #[test]
    fn joined_pieces_hold_what_was_put_in() {
        for n_lines in [0, 1, 50_000] {
            let (first, second) = (text(n_lines), text(7));
            let pieces = [&first, &second].map(|bytes| Deflated::of(bytes));
            let (stream, sum) = join(&pieces.each_ref());
            let whole = [first, second].concat();
            assert_eq!(sum, checksum(&[&whole]));
            assert!(inflate(&stream, whole.len()) == Some(whole), "{n_lines} lines");
        }
    }

    #[test]
    fn what_was_compressed_before_changes_nothing() {
        let text = text(1000);
        let first = Deflated::of(&text).bytes;
        Deflated::of(&[7; 100_000]);
        assert_eq!(Deflated::of(&text).bytes, first);
    }

    #[test]
    fn a_stream_that_holds_more_or_less_than_it_says_is_refused() {
        let bomb = vec![0; 10 << 20];
        let (stream, _) = join(&[&Deflated::of(&bomb)]);
        assert_eq!(inflate(&stream, 1000), None);
        assert_eq!(inflate(&stream, bomb.len() + 1), None);
        assert_eq!(inflate(&stream[..stream.len() - 1], bomb.len()), None, "cut off");
        assert_eq!(inflate(&[stream, vec![0]].concat(), bomb.len()), None, "with more behind it");
        assert_eq!(inflate(b"no stream", 9), None);
    }
}
