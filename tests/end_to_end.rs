//! Runs the program as a user would and looks at its output, its exit codes and its folders.
//! No function of the project is called from here: what these tests see is what a user gets.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in the functions that its steps are made of")]
#![expect(clippy::print_stderr, reason = "skipped tests are named loudly")]

mod as_of;
mod bad_input;
mod compare;
mod comparison_and_sweep_folders;
mod demo;
mod documented;
mod example;
mod explain;
mod from_a_run;
mod killed;
mod mail;
mod measures;
mod odd_times;
mod previous;
mod program;
mod repeatable;
mod run_folder;
mod settings;
mod shared_folder;
mod sweep;
mod tables;
mod thin_input;
mod verbs;
mod verify;
mod weights;
mod word_lists;
