//! A lean client: requests are bytes made beforehand, answers are read into one buffer a connection.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;

pub(crate) struct Connection {
    stream: TcpStream,
    /// Longer than any answer that is measured.
    inbox: Box<[u8]>,
}

pub(crate) struct Reply<'a> {
    pub(crate) ok: bool,
    pub(crate) body: &'a str,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, inbox: vec![0; 512 * 1024].into_boxed_slice() })
    }

    pub(crate) async fn ask(&mut self, request: &[u8]) -> io::Result<Reply<'_>> {
        let mut sent = 0;
        while sent < request.len() {
            match self.stream.try_write(&request[sent..]) {
                Ok(bytes) => sent += bytes,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.stream.writable().await?,
                Err(error) => return Err(error),
            }
        }
        let mut filled = 0;
        loop {
            self.stream.readable().await?;
            match self.stream.try_read(&mut self.inbox[filled..]) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(bytes) => filled += bytes,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                Err(error) => return Err(error),
            }
            if let Some(body) = body(&self.inbox[..filled]) {
                let ok = self.inbox.starts_with(b"HTTP/1.1 200");
                return Ok(Reply {
                    ok,
                    body: std::str::from_utf8(&self.inbox[body..filled]).map_err(io::Error::other)?,
                });
            }
        }
    }
}

/// Where the body begins, once the answer is whole.
fn body(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&answer[..head]).ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    (answer.len() >= head + length?).then_some(head)
}
