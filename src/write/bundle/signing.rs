//! Signatures that say who made a bundle, in the form of `minisign`, so that whoever has that tool needs
//! no vasta to check them. The same key, text and comment give the same signature: no clock, no dice.
//!
//! Source: <https://jedisct1.github.io/minisign/#signature-format>.

use std::fmt;

use blake2::digest::consts::U32;
use blake2::{Blake2b, Blake2b512, Digest};
use ed25519_compact::{KeyPair, PublicKey, SecretKey, Seed, Signature as Ed25519};

use crate::base::Language;

/// What is signed is the BLAKE2b of a file.
const HASHED: [u8; 2] = *b"ED";
/// The kind of every key.
const KEY: [u8; 2] = *b"Ed";
/// Before the name of the kind of checksum that a secret key has.
const CHECKSUM: [u8; 2] = *b"B2";
/// Secret keys that a password keeps.
const LOCKED: [u8; 2] = *b"Sc";
/// Those that lie open.
const OPEN: [u8; 2] = [0, 0];

const UNTRUSTED: &str = "untrusted comment: ";
const TRUSTED: &str = "trusted comment: ";

/// How much work and memory a password costs whoever guesses it.
const WORK: (u64, u64) = (1 << 20, 32 << 20);
/// No key makes us take more memory than that.
const MOST_MEMORY: u64 = 1 << 30;

/// Parts of a secret key: kinds, salt, work and memory, then what a password hides: id, key, checksum.
const N_KINDS: usize = 6;
const N_SALT: usize = 32;
const N_ID: usize = 8;
const N_SECRET: usize = 64;
const N_CHECKSUM: usize = 32;
const N_OPEN: usize = N_KINDS + N_SALT + 16;
const N_HIDDEN: usize = N_ID + N_SECRET + N_CHECKSUM;

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTrouble {
    /// It is no secret key.
    NotSecret,
    /// It is no public key.
    NotPublic,
    /// A password keeps it, and none was given.
    Locked,
    /// The password is another one, or the key is damaged.
    WrongPassword,
}

impl KeyTrouble {
    /// What to tell the person.
    pub fn text(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::NotSecret, Language::Italian) => {
                "non è una chiave segreta: serve il file `.key` scritto da `vasta key`"
            }
            (Self::NotSecret, Language::English) => {
                "it is no secret key: give the file `.key` that `vasta key` wrote"
            }
            (Self::NotPublic, Language::Italian) => {
                "non è una chiave pubblica: serve il file `.pub` scritto da `vasta key`, o la sua \
                 seconda riga"
            }
            (Self::NotPublic, Language::English) => {
                "it is no public key: give the file `.pub` that `vasta key` wrote, or its second \
                 line"
            }
            (Self::Locked, Language::Italian) => {
                "la chiave ha una password: mettila nella variabile `VASTA_KEY_PASSWORD`"
            }
            (Self::Locked, Language::English) => {
                "the key has a password: put it into the variable `VASTA_KEY_PASSWORD`"
            }
            (Self::WrongPassword, Language::Italian) => {
                "la password non è quella della chiave, oppure il file della chiave è rovinato"
            }
            (Self::WrongPassword, Language::English) => {
                "the password is not that of the key, or the file of the key is damaged"
            }
        }
    }
}

/// A new pair of keys, as the texts of two files.
#[derive(Clone, PartialEq, Eq)]
pub struct NewKeys {
    /// The one that signs. Whoever has it can sign as its owner.
    pub secret: String,
    /// The one that checks, which everybody may have.
    pub public: String,
}

impl NewKeys {
    /// Makes a pair. A password, if there is one, is needed whenever the secret key is used.
    pub fn generate(password: Option<&str>) -> Self {
        let pair = KeyPair::generate();
        let [id, salt] = [Seed::generate(), Seed::generate()];
        let id = std::array::from_fn(|at| id[at]);
        let signer = Signer { id, secret: pair.sk };
        Self { secret: signer.text(password, *salt), public: signer.key().text() }
    }
}

impl fmt::Debug for NewKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("NewKeys").field("public", &self.public).finish_non_exhaustive()
    }
}

/// What signs: a secret key.
pub struct Signer {
    id: [u8; N_ID],
    secret: SecretKey,
}

impl Signer {
    /// Reads the text of a secret key.
    ///
    /// # Errors
    /// When it is none, or the password does not fit.
    pub fn read(text: &str, password: Option<&str>) -> Result<Self, KeyTrouble> {
        let bytes = text.lines().nth(1).and_then(decode).ok_or(KeyTrouble::NotSecret)?;
        if bytes.len() != N_OPEN + N_HIDDEN || bytes[..2] != KEY || bytes[4..6] != CHECKSUM {
            return Err(KeyTrouble::NotSecret);
        }
        let (open, hidden) = bytes.split_at(N_OPEN);
        let mut hidden: [u8; N_HIDDEN] = std::array::from_fn(|at| hidden[at]);
        if open[2..4] == LOCKED {
            let password = password.ok_or(KeyTrouble::Locked)?;
            hide(&mut hidden, password, &open[N_KINDS..]).ok_or(KeyTrouble::NotSecret)?;
        } else if open[2..4] != OPEN {
            return Err(KeyTrouble::NotSecret);
        }
        let (key, checksum) = hidden.split_at(N_ID + N_SECRET);
        // The tool leaves the checksum out where no password hides the key.
        let is_left_out = open[2..4] == OPEN && checksum == [0; N_CHECKSUM];
        if !is_left_out && checksum != checksum_of(key) {
            return Err(KeyTrouble::WrongPassword);
        }
        let secret = SecretKey::from_slice(&key[N_ID..]);
        let secret = secret.map_err(|_| KeyTrouble::NotSecret)?;
        Ok(Self { id: std::array::from_fn(|at| key[at]), secret })
    }

    /// The text of the file of the key.
    fn text(&self, password: Option<&str>, salt: [u8; N_SALT]) -> String {
        let key = [&self.id[..], &self.secret[..]].concat();
        let hidden = [&key[..], &checksum_of(&key)].concat();
        let mut hidden: [u8; N_HIDDEN] = std::array::from_fn(|at| hidden[at]);
        let (work, memory) = WORK;
        let limits = [&salt[..], &work.to_le_bytes(), &memory.to_le_bytes()].concat();
        let (kind, limits) = match password {
            Some(password) => {
                hide(&mut hidden, password, &limits).expect("our own limits are good");
                (LOCKED, limits)
            }
            None => (OPEN, vec![0; limits.len()]),
        };
        let bytes = [&KEY[..], &kind, &CHECKSUM, &limits, &hidden].concat();
        format!("{UNTRUSTED}vasta secret key {}\n{}\n", shown(self.id), encode(&bytes))
    }

    /// The signature of `bytes` together with `comment`, which must be one line: the text of a file.
    pub fn sign(&self, bytes: &[u8], comment: &str) -> String {
        let signature = self.secret.sign(Blake2b512::digest(bytes), None);
        let both = self.secret.sign([&signature[..], comment.as_bytes()].concat(), None);
        let id = shown(self.id);
        let signature = encode(&[&HASHED[..], &self.id, &signature[..]].concat());
        let both = encode(&both[..]);
        format!("{UNTRUSTED}vasta, key {id}\n{signature}\n{TRUSTED}{comment}\n{both}\n")
    }

    /// The public key that checks what this one signs.
    pub fn key(&self) -> Key {
        Key { id: self.id, public: self.secret.public_key() }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Signer").field("id", &shown(self.id)).finish_non_exhaustive()
    }
}

/// What checks signatures: a public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    id: [u8; N_ID],
    public: PublicKey,
}

impl Key {
    /// Reads the text of a public key: the whole file, or only the line that matters.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self, KeyTrouble> {
        let line = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
        let bytes = decode(line).filter(|bytes| bytes.len() == 42 && bytes[..2] == KEY);
        let bytes = bytes.ok_or(KeyTrouble::NotPublic)?;
        let public = PublicKey::from_slice(&bytes[2 + N_ID..]);
        let public = public.map_err(|_| KeyTrouble::NotPublic)?;
        Ok(Self { id: std::array::from_fn(|at| bytes[2 + at]), public })
    }

    /// The text of the file of the key.
    fn text(&self) -> String {
        let bytes = [&KEY[..], &self.id, &self.public[..]].concat();
        format!("{UNTRUSTED}vasta public key {}\n{}\n", shown(self.id), encode(&bytes))
    }

    /// How people call the key: sixteen digits.
    pub fn id(&self) -> String {
        shown(self.id)
    }

    /// Whether `signature` is one of `bytes` by the owner of this key, the comment in it included.
    pub fn accepts(&self, signature: &Signature, bytes: &[u8]) -> bool {
        let Signature { id, own, comment, both } = signature;
        let own_and_comment = [&own[..], comment.as_bytes()].concat();
        *id == self.id
            && self.public.verify(Blake2b512::digest(bytes), own).is_ok()
            && self.public.verify(own_and_comment, both).is_ok()
    }
}

/// A signature that was read, and is not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    id: [u8; N_ID],
    own: Ed25519,
    comment: String,
    both: Ed25519,
}

impl Signature {
    /// Reads the text of a signature.
    pub fn read(text: &str) -> Option<Self> {
        let [untrusted, own, comment, both] = text.lines().collect::<Vec<_>>().try_into().ok()?;
        let own =
            decode(own).filter(|own| own.starts_with(&HASHED) && own.len() == 2 + N_ID + 64)?;
        untrusted.starts_with(UNTRUSTED).then_some(Self {
            id: std::array::from_fn(|at| own[2 + at]),
            own: Ed25519::from_slice(&own[2 + N_ID..]).ok()?,
            comment: comment.strip_prefix(TRUSTED)?.to_owned(),
            both: Ed25519::from_slice(&decode(both)?).ok()?,
        })
    }

    /// The id of the key that it says it was made with.
    pub fn id(&self) -> String {
        shown(self.id)
    }

    /// The line that was signed too.
    pub fn comment(&self) -> &str {
        &self.comment
    }
}

/// The id of a key as `minisign` prints it.
fn shown(id: [u8; N_ID]) -> String {
    format!("{:016X}", u64::from_le_bytes(id))
}

fn checksum_of(key: &[u8]) -> [u8; N_CHECKSUM] {
    let mut digest = Blake2b::<U32>::new();
    digest.update(KEY);
    digest.update(key);
    digest.finalize().into()
}

/// Hides a secret key with a password, or shows it again. `limits` are the salt, work and memory.
fn hide(hidden: &mut [u8; N_HIDDEN], password: &str, limits: &[u8]) -> Option<()> {
    let (salt, limits) = limits.split_at(N_SALT);
    let limit = |at| Some(u64::from_le_bytes(limits.get(at..at + 8)?.try_into().ok()?));
    let parameters = parameters(limit(0)?, limit(8)?)?;
    let mut stream = [0; N_HIDDEN];
    scrypt::scrypt(password.as_bytes(), salt, &parameters, &mut stream).ok()?;
    hidden.iter_mut().zip(stream).for_each(|(byte, mask)| *byte ^= mask);
    Some(())
}

/// What libsodium takes for so much work and memory, and `minisign` with it.
fn parameters(work: u64, memory: u64) -> Option<scrypt::Params> {
    const R: u32 = 8;
    if memory > MOST_MEMORY {
        return None;
    }
    let work = work.max(32_768);
    let is_quick = work < memory / 32;
    let most = if is_quick { work / u64::from(R * 4) } else { memory / u64::from(R * 128) };
    let log_n = (1..63_u8).find(|log_n| 1_u64 << log_n > most / 2)?;
    let p = if is_quick { 1 } else { u32::try_from((work / 4) >> log_n).ok()? / R };
    scrypt::Params::new(log_n, R, p, scrypt::Params::RECOMMENDED_LEN).ok()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as base64.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let [one, two, three] = std::array::from_fn(|at| group.get(at).copied().unwrap_or(0));
        let bits = u32::from_be_bytes([0, one, two, three]);
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// The bytes of a text in base64. One that we would have written otherwise is none.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for digit in group {
            let place = DIGITS.iter().position(|known| known == digit || *digit == b'=')?;
            bits = bits << 6 | place as u32;
        }
        bytes.extend(&bits.to_be_bytes()[1..]);
    }
    let n_padding = text.len() - text.trim_end_matches('=').len();
    bytes.truncate(bytes.len().checked_sub(n_padding)?);
    (encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> (Signer, Key) {
        let keys = NewKeys::generate(None);
        let signer = Signer::read(&keys.secret, None).expect("our own key");
        (signer, Key::read(&keys.public).expect("our own key"))
    }

    #[test]
    fn base64_is_what_others_write() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        for text in ["Z", "Zg", "Zh==", "Zm9v\n", "Zm=v", "====", "à"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn a_signature_holds_for_its_bytes_key_and_comment_only() {
        let (signer, key) = keys();
        let text = signer.sign(b"elenco", "sito 1");
        assert_eq!(text, signer.sign(b"elenco", "sito 1"), "the same each time");
        let signature = Signature::read(&text).expect("a signature");
        assert!(key.accepts(&signature, b"elenco"));
        assert_eq!((signature.id(), signature.comment()), (key.id(), "sito 1"));
        assert!(!key.accepts(&signature, b"altro"));
        assert!(!keys().1.accepts(&signature, b"elenco"));
        let other = Signature::read(&text.replace("sito 1", "sito 2")).expect("a signature");
        assert!(!key.accepts(&other, b"elenco"));
    }

    #[test]
    fn damaged_signatures_and_keys_are_refused() {
        let (signer, key) = keys();
        let text = signer.sign(b"elenco", "sito");
        let first_line = text.find('\n').expect("lines");
        for at in 0..text.len() - 1 {
            let cut = Signature::read(&text[..at]);
            assert!(!cut.is_some_and(|cut| key.accepts(&cut, b"elenco")), "cut at {at}");
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).expect("ASCII");
            let is_good = Signature::read(&changed)
                .is_some_and(|signature| key.accepts(&signature, b"elenco"));
            assert!(!is_good || (UNTRUSTED.len()..first_line).contains(&at), "byte {at}");
        }
        assert_eq!(Key::read("nessuna chiave"), Err(KeyTrouble::NotPublic));
        assert_eq!(Signer::read("x\ny\n", None).err(), Some(KeyTrouble::NotSecret));
    }

    #[test]
    fn a_password_keeps_a_key() {
        let keys = NewKeys::generate(Some("segreta"));
        assert_eq!(Signer::read(&keys.secret, None).err(), Some(KeyTrouble::Locked));
        let wrong = Signer::read(&keys.secret, Some("altra")).err();
        assert_eq!(wrong, Some(KeyTrouble::WrongPassword));
        let signer = Signer::read(&keys.secret, Some("segreta")).expect("its password");
        assert_eq!(Key::read(&keys.public), Ok(signer.key()));
    }
}
