//! `papertide mail`: a finished run as a mail, written as a file and, where a server is named, sent. The mail is made whole and
//! written before the server is spoken to.

use crate::{
    checked_run, json,
    outcome::{self, Failure},
    run_args::MailOptions,
    smtp::{self, Server, SmtpError},
};
use lettre::transport::smtp::authentication::Credentials;
use std::{
    env,
    io::{self, Write},
};

/// Where name and password for the server come from; there is no option, so that they stand in no history of commands.
const USER: &str = "PAPERTIDE_SMTP_USER";
const PASSWORD: &str = "PAPERTIDE_SMTP_PASSWORD";

pub fn run(options: &MailOptions) -> Result<(), Failure> {
    outcome::of(&options.run.manner, || mail(options))
}

fn mail(options: &MailOptions) -> Result<(), Failure> {
    let addresses = checked_run::addresses(&options.from, &options.to)?;
    let server = options.smtp.as_deref().map(checked_run::server).transpose()?;
    let credentials = server.as_ref().map(|_| credentials()).transpose()?.flatten();
    let analysis = checked_run::analysis(&options.run.run)?;
    let message = pipeline::mail(&analysis, &addresses).map_err(|error| checked_run::mistake(&error.to_string()))?;
    store::write_file(&options.output, &message)?;
    if let Some(server) = &server {
        let envelope = (addresses.from.as_str(), addresses.to.as_slice());
        smtp::send(server, credentials, envelope, &message).map_err(|error| not_sent(options, server, error))?;
    }
    let file = options.output.display().to_string();
    let mut out = io::stdout().lock();
    if options.run.manner.json {
        writeln!(out, "{}", json::written("mail", &analysis, &[file]))?;
    } else if !options.run.manner.quiet {
        writeln!(out, "written: {file}")?;
        if let Some(Server { host, port }) = &server {
            writeln!(out, "sent:    to {} by {host}:{port}", addresses.to.join(", "))?;
        }
    }
    Ok(())
}

fn credentials() -> Result<Option<Credentials>, Failure> {
    match (env::var(USER), env::var(PASSWORD)) {
        (Ok(user), Ok(password)) => Ok(Some(Credentials::new(user, password))),
        (Err(_), Err(_)) => Ok(None),
        _ => Err(Failure::Environment {
            what: format!("one of {USER} and {PASSWORD} is set, expected both or none"),
            hint: "set both in the environment, or neither".to_owned(),
        }),
    }
}

fn not_sent(options: &MailOptions, server: &Server, error: SmtpError) -> Failure {
    let (Server { host, port }, file) = (server, options.output.display());
    let (what, hint) = match error {
        SmtpError::Unreachable(error) => (error, "look at host and port after --smtp"),
        SmtpError::Refused(answer) => (format!("it answered with a {answer}"), "ask who runs the server"),
        SmtpError::NoAddress(what) => (what, "name the addresses as NAME@HOST"),
        SmtpError::InTheClear => (
            "name and password would go to another machine in plain text".to_owned(),
            "name a relay on this machine, or leave the credentials out",
        ),
    };
    Failure::Environment {
        what: format!("--smtp smtp://{host}:{port}: {what}"),
        hint: format!("{hint}; the mail was not sent, it lies in {file}"),
    }
}
