//! Turns a command line into an exit code: 0 done, 1 input refused, 2 usage or environment.
//! It does nothing itself: each verb has a file of its own.

mod args;
mod charts;
mod checked_run;
mod compare;
mod console;
mod difference;
mod effective;
mod explain;
mod init;
mod json;
mod mail;
mod outcome;
mod papers;
mod progress;
mod reading;
mod report;
mod run_args;
mod setting_args;
mod settings;
mod slides;
mod smtp;
mod summary;
mod sweep;
mod sweep_args;
mod verify;

use clap::Parser as _;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let outcome = match args.verb {
        args::Verb::Report(options) => report::run(&options),
        args::Verb::Papers(options) => papers::run(&options),
        args::Verb::Charts(options) => charts::run(&options),
        args::Verb::Slides(options) => slides::run(&options),
        args::Verb::Mail(options) => mail::run(&options),
        args::Verb::Compare(options) => compare::run(&options),
        args::Verb::Verify(options) => verify::run(&options),
        args::Verb::Explain(options) => explain::run(&options),
        args::Verb::Init(options) => init::run(&options),
        args::Verb::Sweep(options) => sweep::run(&options),
        args::Verb::Settings(options) => settings::run(&options),
    };
    outcome::exit_code(outcome, &mut anstream::stderr())
}
