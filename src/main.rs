//! The program: everything is in the library.

/// A build makes and drops millions of small texts on all cores; the system's allocator takes a fifth
/// of the time for it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    vasta::cli::run()
}
