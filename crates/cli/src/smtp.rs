//! A finished message goes to an SMTP server by lettre, in plain text: a relay on this machine or in a network that is trusted.
//! Knows nothing of what the message says; credentials come from its caller and go to this machine only.

use lettre::{
    Address, SmtpTransport, Transport,
    address::Envelope,
    transport::smtp::{authentication::Credentials, extension::ClientId},
};
use std::{net::ToSocketAddrs, time::Duration};

/// How long is waited for the server to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// `smtp://HOST:PORT`, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
}

/// Why a message was not taken.
#[derive(Debug)]
pub enum SmtpError {
    /// There is nobody to speak to, or the conversation broke off.
    Unreachable(String),
    /// The server's answer.
    Refused(String),
    /// No address of a sender or a receiver.
    NoAddress(String),
    /// Credentials would go to another machine in plain text.
    InTheClear,
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

    /// Whether all its addresses are of this machine.
    fn is_here(&self) -> Result<bool, SmtpError> {
        let addresses = (self.host.as_str(), self.port).to_socket_addrs();
        let mut addresses = addresses.map_err(|error| SmtpError::Unreachable(error.to_string()))?;
        Ok(addresses.all(|address| address.ip().is_loopback()))
    }
}

/// Hands the message over; returns once the server has taken it.
pub fn send(
    server: &Server,
    credentials: Option<Credentials>,
    (from, to): (&str, &[String]),
    message: &[u8],
) -> Result<(), SmtpError> {
    if credentials.is_some() && !server.is_here()? {
        return Err(SmtpError::InTheClear);
    }
    let to = to.iter().map(|typed| address(typed)).collect::<Result<Vec<Address>, SmtpError>>()?;
    let envelope = Envelope::new(Some(address(from)?), to).map_err(|error| SmtpError::NoAddress(error.to_string()))?;
    let transport = SmtpTransport::builder_dangerous(server.host.as_str())
        .port(server.port)
        .timeout(Some(PATIENCE))
        .hello_name(ClientId::Domain("localhost".to_owned()));
    let transport = match credentials {
        Some(own) => transport.credentials(own).build(),
        None => transport.build(),
    };
    match transport.send_raw(&envelope, message) {
        Ok(_) => Ok(()),
        Err(error) if error.is_permanent() || error.is_transient() || error.is_client() => {
            Err(SmtpError::Refused(error.to_string()))
        }
        Err(error) => Err(SmtpError::Unreachable(error.to_string())),
    }
}

fn address(typed: &str) -> Result<Address, SmtpError> {
    typed.parse().map_err(|error| SmtpError::NoAddress(format!("{typed}: {error}")))
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
}
