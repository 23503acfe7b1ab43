//! The pictures that social networks and messengers show beside a link: one for the site and one for each
//! section in its menu, with title, name of the site and icon. They are drawn only when the address of
//! the site is known, since a page names its picture by the full address.

use crate::base::{Hash, UrlPath};
use crate::site::Site;
use crate::source::Config;

use super::canvas::{Canvas, Outline, Point};
use super::lettering::Font;
use super::png;
use super::view::PictureView;
use super::views;

/// The size that the networks ask for, in pixels.
const WIDTH: u16 = 1200;
const HEIGHT: u16 = 630;
/// Between the edge and what is written.
const MARGIN: f32 = 80.0;
/// How wide a line may be.
const LINE: f32 = WIDTH as f32 - 2.0 * MARGIN;

/// The middle of the title, from the top.
const MIDDLE: f32 = 328.0;
/// How high capitals are in letters of one pixel.
const CAPITALS: f32 = 0.71;

/// The ground and the ink: red, green, blue.
const BLUE: [u8; 3] = [0x00, 0x66, 0xcc];
const WHITE: [u8; 3] = [0xff, 0xff, 0xff];
/// White for what is read, a little of it for what is not.
const INK: u8 = 255;
const RULE: u8 = 110;
const SHADE: u8 = 22;

/// One picture: what is written in it, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The title of a section; empty in the picture of the site.
    pub title: String,
    /// The name of the site.
    pub site: String,
    /// A few words below.
    pub tagline: String,
    /// The first folder of the pages that show it; empty for all others.
    pub section: String,
    /// The path of its file.
    pub url: UrlPath,
}

impl Picture {
    /// The picture of the site, then those of the sections in its menu; none without a known address.
    pub fn all(site: &Site, config: &Config) -> Vec<Self> {
        if config.base_url.is_empty() {
            return Vec::new();
        }
        let picture = |title: String, section: String, path: &str| Self {
            title,
            site: site.title(config).to_owned(),
            tagline: config.tagline.clone(),
            section,
            url: UrlPath::file(path).expect("sections are parts of addresses"),
        };
        let mut pictures = vec![picture(String::new(), String::new(), "anteprima.png")];
        for entry in views::menu(site, config) {
            let is_section = entry.link.url == format!("{}/index.html", entry.section);
            let is_new = pictures.iter().all(|picture| picture.section != entry.section);
            if is_section && is_new {
                let path = format!("anteprime/{}.png", entry.section);
                pictures.push(picture(entry.link.title, entry.section, &path));
            }
        }
        pictures
    }

    /// The one of `pictures` for pages in `section`.
    pub fn for_section<'a>(pictures: &'a [Self], section: &str) -> Option<&'a Self> {
        let found = pictures.iter().find(|picture| picture.section == section);
        found.or(pictures.first())
    }

    /// The fingerprint of its words, which are all that it is drawn from.
    pub fn hash(&self) -> Hash {
        Hash::of_parts([&self.title, &self.site, &self.tagline].map(|words| words.as_bytes()))
    }

    /// What a page says of it.
    pub fn view(&self, config: &Config) -> PictureView {
        let words = [&self.title, &self.site, &self.tagline].map(String::as_str);
        let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
        PictureView {
            url: format!("{}{}?v={}", config.base_url, self.url, self.hash().short()),
            width: WIDTH,
            height: HEIGHT,
            alt: words.join(" · "),
        }
    }

    /// Draws it, as the bytes of a PNG file.
    pub fn png(&self) -> Vec<u8> {
        let mut canvas = Canvas::new(WIDTH.into(), HEIGHT.into());
        house(&mut canvas, (700.0, 150.0), 620.0, SHADE);
        house(&mut canvas, (MARGIN, 64.0), 80.0, INK);
        self.write(&mut canvas);
        png::png(WIDTH.into(), HEIGHT.into(), &palette(), &canvas.pixels)
    }

    fn write(&self, canvas: &mut Canvas) {
        let (bold, regular) = (Font::bold(), Font::regular());
        let (title, name) = match self.title.as_str() {
            "" => (self.site.as_str(), ""),
            title => (title, self.site.as_str()),
        };
        const BESIDE_ICON: f32 = 104.0;
        for line in bold.cut_lines(name, 40.0, LINE - BESIDE_ICON, 1) {
            canvas.fill(&bold.outline(&line, 40.0, (MARGIN + BESIDE_ICON, 118.0)), INK);
        }
        let (lines, size) = title_lines(&bold, title);
        let step = size * 1.16;
        // The top of the first line is as far from the middle as the foot of the last.
        let first = MIDDLE + (size * CAPITALS - (lines.len() as f32 - 1.0) * step) / 2.0;
        for (number, line) in lines.iter().enumerate() {
            let foot = first + number as f32 * step;
            canvas.fill(&bold.outline(line, size, (MARGIN, foot)), INK);
        }
        for line in regular.cut_lines(&self.tagline, 36.0, LINE, 1) {
            canvas.fill(&rectangle((MARGIN, 506.0), (LINE, 3.0)), RULE);
            canvas.fill(&regular.outline(&line, 36.0, (MARGIN, 568.0)), INK);
        }
    }
}

/// The title in three lines at most, as large as they allow, and the size of the letters.
fn title_lines(font: &Font, title: &str) -> (Vec<String>, f32) {
    const SIZES: [(f32, usize); 4] = [(112.0, 1), (92.0, 2), (76.0, 3), (64.0, 3)];
    let fitting = SIZES
        .into_iter()
        .find_map(|(size, most)| Some((font.lines(title, size, LINE, most)?, size)));
    fitting.unwrap_or_else(|| (font.cut_lines(title, 64.0, LINE, 3), 64.0))
}

/// The icon of the theme, `size` pixels wide: a house with three columns.
fn house(canvas: &mut Canvas, (left, top): Point, size: f32, ink: u8) {
    // The icon is drawn in a square of 32, of which the house fills the middle.
    let place = |(x, y): Point| (left + (x - 4.5) / 23.0 * size, top + (y - 5.0) / 23.0 * size);
    let roof = [(16.0, 5.0), (27.5, 12.0), (27.5, 14.5), (4.5, 14.5), (4.5, 12.0)];
    canvas.fill(&Outline::polygon(roof.map(place)), ink);
    let columns = [7.5, 14.25, 21.0].map(|left| ((left, 16.5), (3.5, 7.0)));
    for (corner, (width, height)) in columns.into_iter().chain([((4.5, 25.5), (23.0, 2.5))]) {
        let scale = size / 23.0;
        canvas.fill(&rectangle(place(corner), (width * scale, height * scale)), ink);
    }
}

fn rectangle((left, top): Point, (width, height): Point) -> Outline {
    let (right, bottom) = (left + width, top + height);
    Outline::polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
}

/// All steps from ground to ink.
fn palette() -> [[u8; 3]; 256] {
    let mixed = |step: u32, ground: u8, ink: u8| {
        ((u32::from(ground) * (255 - step) + u32::from(ink) * step + 127) / 255) as u8
    };
    std::array::from_fn(|step| {
        std::array::from_fn(|channel| mixed(step as u32, BLUE[channel], WHITE[channel]))
    })
}
