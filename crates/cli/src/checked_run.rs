//! Turns what was typed after a run folder into a finished run and a request for its charts, or into what is wrong with them.
//! Prints and writes nothing.

use crate::{
    outcome::{Failure, problem, refused},
    run_args::{ChartsOptions, FormatChoice, GroundChoice},
    smtp::Server,
};
use model::{Analysis, Notice};
use pipeline::{Addresses, ChartRequest, Ground, PictureFormat, RequestError};
use std::path::Path;
use store::StoreError;

/// Least and most pixels of a side.
const SIDE: std::ops::RangeInclusive<u32> = 320..=7680;
/// Most pixels of a PNG: what fits into memory beside everything else.
const MOST_PIXELS: u64 = 100_000_000;

/// The analysis that a run folder keeps.
///
/// # Errors
/// Where the folder is missing, is no run, is damaged or was made by a version with another format.
pub fn analysis(run: &Path) -> Result<Analysis, Failure> {
    let bytes = store::read_from_run(run, pipeline::KEPT_FILE).map_err(|error| match error {
        StoreError::Io { .. } => Failure::from(error),
        other => refused(None, other.to_string(), "a finished run", &other.hint()),
    })?;
    pipeline::kept(&bytes).map_err(|error| {
        let file = run.join(pipeline::KEPT_FILE).display().to_string();
        refused(
            Some(file),
            error.to_string(),
            "the analysis of a run",
            "make the run again with this version: `papertide report ...`",
        )
    })
}

/// The request for charts.
///
/// # Errors
/// Where the size is none, or too small, too large, too narrow or too wide.
pub fn request(options: &ChartsOptions) -> Result<ChartRequest, Failure> {
    let size = size(&options.size)?;
    let pixels = u64::from(size.0) * u64::from(size.1) * u64::from(options.scale).pow(2);
    if pixels > MOST_PIXELS {
        let found = format!("--size {} with --scale {}: {pixels} pixels", options.size, options.scale);
        return Err(refused(None, found, "at most 100 million pixels", "give a smaller --size or --scale"));
    }
    if let (Some(from), Some(to)) = (options.from, options.to)
        && to < from
    {
        let found = format!("--from {from} is later than --to {to}");
        return Err(refused(None, found, &format!("{to} or earlier"), "give an earlier --from or a later --to"));
    }
    Ok(ChartRequest {
        only: options.only.clone(),
        themes: options.themes.clone(),
        top: options.top.map(|top| top as usize),
        from: options.from,
        to: options.to,
        size,
        scale: options.scale,
        ground: match options.theme {
            GroundChoice::Light => Ground::Light,
            GroundChoice::Dark => Ground::Dark,
            GroundChoice::Transparent => Ground::Transparent,
        },
        formats: options.format.iter().map(|&format| picture(format)).collect(),
    })
}

fn picture(format: FormatChoice) -> PictureFormat {
    match format {
        FormatChoice::Svg => PictureFormat::Svg,
        FormatChoice::Png => PictureFormat::Png,
        FormatChoice::Pdf => PictureFormat::Pdf,
    }
}

fn size(typed: &str) -> Result<(u32, u32), Failure> {
    let size = match typed {
        "16:9" => Some((1920, 1080)),
        "4:3" => Some((1440, 1080)),
        "square" => Some((1080, 1080)),
        _ => typed.split_once(['x', 'X']).and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?))),
    };
    let fits = |&(width, height): &(u32, u32)| {
        SIDE.contains(&width)
            && SIDE.contains(&height)
            && width >= height
            && u64::from(width) * 2 <= u64::from(height) * 5
    };
    size.filter(fits).ok_or_else(|| {
        refused(
            None,
            format!("--size {typed}"),
            "WIDTHxHEIGHT of 320 to 7680 pixels, the width from 1 to 2.5 times the height, or 16:9, 4:3 or square",
            "for example --size 1920x1080; --scale 2 doubles the pixels of a PNG",
        )
    })
}

/// Who a mail is from and for.
///
/// # Errors
/// Where an address is none: what else stood in it could become a header or a command.
pub fn addresses(from: &str, to: &[String]) -> Result<Addresses, Failure> {
    let typed = || std::iter::once(("--from", from)).chain(to.iter().map(|to| ("--to", to.as_str())));
    let wrong: Vec<Notice> = typed()
        .filter(|(_, address)| !is_address(address.trim()))
        .map(|(option, address)| {
            problem(
                None,
                format!("{option} {address}"),
                "an address such as name@example.org",
                "several addresses are separated by commas",
            )
        })
        .collect();
    let to = to.iter().map(|address| address.trim().to_owned()).collect();
    if wrong.is_empty() { Ok(Addresses { from: from.trim().to_owned(), to }) } else { Err(Failure::Refused(wrong)) }
}

fn is_address(typed: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    typed.split_once('@').is_some_and(|(name, host)| {
        let host_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        !name.is_empty() && name.chars().all(plain) && !host.is_empty() && host.chars().all(host_letter)
    })
}

/// The server of `--smtp`.
///
/// # Errors
/// Where it is no address of one.
pub fn server(typed: &str) -> Result<Server, Failure> {
    let hint =
        "for example --smtp smtp://localhost:25; there is no encryption, so name a relay on this machine or network";
    Server::parse(typed).ok_or_else(|| refused(None, format!("--smtp {typed}"), "smtp://HOST:PORT", hint))
}

/// What the report stage said of a request.
pub fn refused_request(error: RequestError) -> Failure {
    match error {
        RequestError::Refused(notices) => Failure::Refused(notices),
        RequestError::Render(error) => mistake(&error.to_string()),
    }
}

/// Something that cannot happen with a run that was read.
pub fn mistake(what: &str) -> Failure {
    let hint = "this is a mistake in the program; please report it".to_owned();
    Failure::Environment { what: what.to_owned(), hint }
}

#[cfg(test)]
mod tests {
    use super::{is_address, size};

    #[test]
    fn sizes_are_what_they_say_or_refused() {
        let good =
            [("1920x1080", (1920, 1080)), ("4:3", (1440, 1080)), ("square", (1080, 1080)), ("800X600", (800, 600))];
        for (typed, expected) in good {
            assert_eq!(size(typed).unwrap(), expected, "{typed}");
        }
        for bad in ["0", "0x0", "100000", "100000x100000", "1080x1920", "4000x500", "319x319", "-5x5", "axb", "", "10x"]
        {
            assert!(size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_hold_nothing_that_could_become_a_header_or_a_command() {
        for good in ["a@b", "name.surname+tag@mail.example.org"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b>", "a@b\r\nBcc: c@d", "<a@b>", "a@b@c"] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
