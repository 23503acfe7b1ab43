//! Writes pixels as a PNG file: one byte for each, which is the number of its colour in a palette. Small
//! enough to do here, since what compresses the pixels is part of the program anyway.

use crate::base::deflate::{checksum, zlib};

/// A picture of `width` by `height` pixels, given row after row from the top left as numbers of the
/// 256 colours of `palette`: red, green, blue.
pub fn png(width: u32, height: u32, palette: &[[u8; 3]; 256], pixels: &[u8]) -> Vec<u8> {
    const BITS_OF_A_PIXEL: u8 = 8;
    const BY_PALETTE: u8 = 3;
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // The usual compression, the usual filters, rows in their order.
    header.extend([BITS_OF_A_PIXEL, BY_PALETTE, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    part(b"IHDR", &header, &mut file);
    part(b"PLTE", palette.as_flattened(), &mut file);
    part(b"IDAT", &compressed(width as usize, pixels), &mut file);
    part(b"IEND", &[], &mut file);
    file
}

/// Adds one part of the file: its length, name, bytes and checksum.
fn part(name: &[u8; 4], bytes: &[u8], file: &mut Vec<u8>) {
    let length = u32::try_from(bytes.len()).expect("pictures are small");
    file.extend(length.to_be_bytes());
    file.extend(name);
    file.extend(bytes);
    file.extend(checksum(&[name, bytes]).to_be_bytes());
}

/// The rows, each after the number of its filter.
fn compressed(width: usize, pixels: &[u8]) -> Vec<u8> {
    const UNFILTERED: &[u8] = &[0];
    let rows = pixels.chunks_exact(width);
    zlib(rows.flat_map(|row| [UNFILTERED, row]))
}
