//! Asks the web whether the addresses to which a site links are still there, and is polite: one question at a
//! time for each host, with a pause between two, and no question whose answer is known.

mod cache;
mod client;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use camino::Utf8Path;

use crate::base::{Date, lock};

use cache::Cache;
pub(super) use client::Answer;
use client::Client;

/// So many hosts are asked at once.
const HOSTS_AT_ONCE: usize = 8;

/// How to ask.
pub(super) struct Asking<'a> {
    /// The folder of the site, where answers are kept.
    pub(super) root: &'a Utf8Path,
    /// The day on which they are given.
    pub(super) today: Option<Date>,
    /// Who asks: part of each question.
    pub(super) name: String,
    /// How long to wait between two questions to one host.
    pub(super) pause: Duration,
}

impl Asking<'_> {
    /// The answer of each address.
    pub(super) fn ask(&self, addresses: &BTreeSet<String>) -> BTreeMap<String, Answer> {
        let mut cache = Cache::open(self.root, self.today);
        let known = |address: &String| Some((address.clone(), cache.find(address)?));
        let mut answers: BTreeMap<String, Answer> = addresses.iter().filter_map(known).collect();
        let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for address in addresses.iter().filter(|address| !answers.contains_key(*address)) {
            hosts.entry(host(address)).or_default().push(address);
        }
        let client = Client::new(&self.name);
        let waiting: Mutex<VecDeque<Vec<&str>>> = Mutex::new(hosts.into_values().collect());
        let answered = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..HOSTS_AT_ONCE {
                scope.spawn(|| {
                    loop {
                        let Some(of_host) = lock(&waiting).pop_front() else { break };
                        self.ask_host(&client, &of_host, &answered);
                    }
                });
            }
        });
        for (address, answer) in lock(&answered).drain(..) {
            cache.note(&address, &answer);
            answers.insert(address, answer);
        }
        cache.save(self.root);
        answers
    }

    fn ask_host(
        &self,
        client: &Client,
        addresses: &[&str],
        answered: &Mutex<Vec<(String, Answer)>>,
    ) {
        for (number, address) in addresses.iter().enumerate() {
            if number > 0 {
                thread::sleep(self.pause);
            }
            let answer = client.ask(address);
            lock(answered).push(((*address).to_owned(), answer));
        }
    }
}

/// The host of an address.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
