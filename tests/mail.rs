//! `papertide mail` against a real SMTP server on this machine, started by the test, and against none.

use crate::program::{command, demo_run, done, run, text};
use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    thread::{self, JoinHandle},
};

/// What a client said before the message, and the message as it was given on.
struct Received {
    commands: Vec<String>,
    message: Vec<u8>,
}

/// A server for one mail; `refuses` is a command it answers with 550.
fn server(refuses: &'static str) -> (String, JoinHandle<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
    (url, thread::spawn(move || serve(listener.accept().unwrap().0, refuses)))
}

fn serve(mut stream: TcpStream, refuses: &str) -> Received {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut received = Received { commands: Vec::new(), message: Vec::new() };
    stream.write_all(b"220 test server\r\n").unwrap();
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap() > 0 {
        let said = std::mem::take(&mut line).trim_end().to_owned();
        received.commands.push(said.clone());
        let answer = match said.split([' ', ':']).next().unwrap() {
            verb if verb == refuses => "550 not here",
            "EHLO" => "250-test server\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            "AUTH" => "235 welcome",
            "DATA" => {
                stream.write_all(b"354 go on\r\n").unwrap();
                received.message = message(&mut reader);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
        if said == "QUIT" {
            break;
        }
    }
    received
}

/// Everything up to the line with a dot alone, doubled dots undone.
fn message(reader: &mut BufReader<TcpStream>) -> Vec<u8> {
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).unwrap();
        match line.as_slice() {
            b".\r\n" | b"" => return message,
            [b'.', rest @ ..] => message.extend_from_slice(rest),
            line => message.extend_from_slice(line),
        }
    }
}

fn mail<'a>(run: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["mail", run, "--to", "team@example.org,boss@example.org", "--from", "me@example.org"][..], more].concat()
}

fn report() -> String {
    text(&demo_run()).to_owned()
}

#[test]
fn a_server_receives_what_is_written() {
    let (home, report) = (tempfile::tempdir().unwrap(), report());
    let (url, server) = server("");
    let said = done(home.path(), &mail(&report, &["--smtp", &url]));
    assert!(said.out.contains("sent:    to team@example.org, boss@example.org"), "{}", said.out);
    let received = server.join().unwrap();
    assert_eq!(
        received.commands,
        [
            "EHLO localhost",
            "MAIL FROM:<me@example.org>",
            "RCPT TO:<team@example.org>",
            "RCPT TO:<boss@example.org>",
            "DATA",
            "QUIT"
        ]
    );
    let written = fs::read(home.path().join("digest.eml")).unwrap();
    assert!(received.message.starts_with(&written) && received.message.len() <= written.len() + 2);
    let text = String::from_utf8(written).unwrap();
    assert!(text.contains("Content-Type: image/png") && text.contains("multipart/alternative"));
}

#[test]
fn credentials_come_from_the_environment() {
    let (home, report) = (tempfile::tempdir().unwrap(), report());
    let (url, server) = server("");
    let mut command = command(home.path(), &mail(&report, &["--smtp", &url]));
    let status = command.env("PAPERTIDE_SMTP_USER", "me").env("PAPERTIDE_SMTP_PASSWORD", "secret").output().unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    // printf '\0me\0secret' | base64
    assert_eq!(server.join().unwrap().commands[1], "AUTH PLAIN AG1lAHNlY3JldA==");
    let half = crate::program::command(home.path(), &mail(&report, &["--smtp", "smtp://127.0.0.1:9"]))
        .env("PAPERTIDE_SMTP_USER", "me")
        .output()
        .unwrap();
    assert_eq!(half.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&half.stderr).contains("expected both or none"));
}

#[test]
fn a_server_that_is_away_or_refuses_is_told_with_a_hint_and_the_mail_is_kept() {
    let (home, report) = (tempfile::tempdir().unwrap(), report());
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let away = run(home.path(), &mail(&report, &["--smtp", &format!("smtp://127.0.0.1:{closed}")]));
    assert_eq!(away.code, Some(2), "{}", away.err);
    assert!(
        away.err.contains("error: --smtp smtp://127.0.0.1:") && away.err.contains("hint: look at host and port"),
        "{}",
        away.err
    );
    let (url, server) = server("RCPT");
    let refused = run(home.path(), &mail(&report, &["--smtp", &url]));
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(refused.err.contains("it answered with a permanent error (550): not here"), "{}", refused.err);
    assert!(refused.err.contains("the mail was not sent, it lies in digest.eml"), "{}", refused.err);
    drop(server);
    assert!(Path::new(&home.path().join("digest.eml")).is_file());
}

#[test]
fn the_same_run_gives_the_same_mail() {
    let (home, report) = (tempfile::tempdir().unwrap(), report());
    done(home.path(), &mail(&report, &["-o", "1.eml"]));
    done(home.path(), &mail(&report, &["-o", "2.eml", "--threads", "1"]));
    assert!(fs::read(home.path().join("1.eml")).unwrap() == fs::read(home.path().join("2.eml")).unwrap());
}
