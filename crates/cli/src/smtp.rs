//! A finished message goes to an SMTP server (RFC 5321), in plain text: a relay on this machine or in a network that is trusted.
//! Knows nothing of what the message says; credentials come from its caller and go to this machine only.

use std::{
    io::{self, BufRead, BufReader, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

/// How long is waited for the server to answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// A reply of more lines is none.
const MOST_LINES: usize = 100;

/// `smtp://HOST:PORT`, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
}

/// Name and password for `AUTH PLAIN`. No `Debug`: a password is printed nowhere.
pub struct Credentials {
    pub user: String,
    pub password: String,
}

/// Why a message was not taken.
#[derive(Debug)]
pub enum SmtpError {
    Unreachable(io::Error),
    /// What was said to the server, and its answer.
    Refused {
        said: &'static str,
        answer: String,
    },
    /// Credentials would go to another machine in plain text.
    InTheClear,
}

impl From<io::Error> for SmtpError {
    fn from(error: io::Error) -> Self {
        Self::Unreachable(error)
    }
}

impl Server {
    /// `None` where the text is no address of this form.
    pub fn parse(typed: &str) -> Option<Self> {
        let (host, port) = typed.strip_prefix("smtp://")?.trim_end_matches('/').rsplit_once(':')?;
        let port = port.parse().ok().filter(|&port| port > 0)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        let host = host.trim_start_matches('[').trim_end_matches(']');
        (!host.is_empty() && host.chars().all(plain)).then(|| Self { host: host.to_owned(), port })
    }
}

/// Hands the message over; returns once the server has taken it.
pub fn send(
    server: &Server,
    credentials: Option<&Credentials>,
    (from, to): (&str, &[String]),
    message: &[u8],
) -> Result<(), SmtpError> {
    let stream = connected(server)?;
    if credentials.is_some() && !stream.peer_addr()?.ip().is_loopback() {
        return Err(SmtpError::InTheClear);
    }
    let mut line = Conversation { reader: BufReader::new(stream.try_clone()?), writer: stream };
    line.expect("the connection", 220)?;
    line.say("EHLO", "EHLO localhost", 250)?;
    if let Some(Credentials { user, password }) = credentials {
        let plain = pipeline::base64(format!("\0{user}\0{password}").as_bytes());
        line.say("AUTH PLAIN", &format!("AUTH PLAIN {plain}"), 235)?;
    }
    line.say("MAIL FROM", &format!("MAIL FROM:<{from}>"), 250)?;
    for address in to {
        line.say("RCPT TO", &format!("RCPT TO:<{address}>"), 250)?;
    }
    line.say("DATA", "DATA", 354)?;
    line.writer.write_all(&stuffed(message))?;
    line.say("the message", ".", 250)?;
    // The message is taken: what becomes of the farewell does not matter.
    let _ = line.say("QUIT", "QUIT", 221);
    Ok(())
}

fn connected(server: &Server) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    for address in (server.host.as_str(), server.port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => {
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

struct Conversation {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

impl Conversation {
    fn say(&mut self, what: &'static str, line: &str, code: u16) -> Result<(), SmtpError> {
        self.writer.write_all(format!("{line}\r\n").as_bytes())?;
        self.expect(what, code)
    }

    /// Reads a reply; its last line has a blank behind the code.
    fn expect(&mut self, said: &'static str, code: u16) -> Result<(), SmtpError> {
        let mut answer = String::new();
        for _ in 0..MOST_LINES {
            let mut bytes = Vec::new();
            if self.reader.read_until(b'\n', &mut bytes)? == 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection").into());
            }
            answer = String::from_utf8_lossy(&bytes).into_owned();
            if answer.as_bytes().get(3) != Some(&b'-') {
                break;
            }
        }
        let answer = answer.trim_end().to_owned();
        if answer.starts_with(&code.to_string()) { Ok(()) } else { Err(SmtpError::Refused { said, answer }) }
    }
}

/// A dot at the start of a line is doubled, and the message ends with the end of a line.
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + 64);
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_host_and_port() {
        let server = Server::parse("smtp://mail.example.org:25").unwrap();
        assert_eq!((server.host.as_str(), server.port), ("mail.example.org", 25));
        assert_eq!(Server::parse("smtp://[::1]:2525").unwrap().host, "::1");
        for bad in [
            "mail.example.org:25",
            "smtp://mail.example.org",
            "smtps://a:1",
            "smtp://:25",
            "smtp://a b:25",
            "smtp://a:0",
        ] {
            assert_eq!(Server::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn dots_at_the_start_of_lines_are_doubled() {
        assert_eq!(stuffed(b"a\r\n.\r\n..b"), b"a\r\n..\r\n...b\r\n");
    }
}
