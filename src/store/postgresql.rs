//! PostgreSQL, shared by several instances.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::runtime::Runtime;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls, Socket, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::row::{Cell, Row};
use super::sql::{Value, without_nul};
use super::{Access, StoreError};

/// A call goes on without the store after two seconds, so nothing here may take longer.
const CONNECT: Duration = Duration::from_millis(1500);

/// A connection and what it has prepared.
pub(super) struct Postgres {
    client: Client,
    statements: HashMap<&'static str, Statement>,
    /// Talks to the server whenever one of our functions waits for it.
    runtime: Runtime,
}

pub(super) struct Place {
    config: Config,
    name: String,
    access: Access,
}

impl Place {
    /// `sslmode` is as libpq has it: disable, prefer (the default), require, verify-ca, verify-full.
    /// A certificate is always checked in full, against the authorities that this machine trusts.
    pub(super) fn new(url: &str, access: Access) -> Result<Self, StoreError> {
        let url = url.replace("sslmode=verify-full", "sslmode=require").replace("sslmode=verify-ca", "sslmode=require");
        let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
            // The cause names the parameter, never its value.
            let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            StoreError::Invalid(format!("the store's postgres:// address cannot be read: {cause}"))
        })?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(Duration::from_secs(2));
        }
        if config.get_application_name().is_none() {
            config.application_name("switchboard");
        }
        let hosts: Vec<String> = config.get_hosts().iter().map(host_name).collect();
        let name =
            format!("postgres://{}/{}", hosts.join(","), config.get_dbname().or(config.get_user()).unwrap_or_default());
        Ok(Self { config, name, access })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn connect(&self) -> Result<Postgres, StoreError> {
        let connected = if self.config.get_ssl_mode() == SslMode::Disable {
            Postgres::connect(&self.config, NoTls)
        } else {
            Postgres::connect(&self.config, MakeRustlsConnect::new(tls()?))
        };
        let mut postgres = connected.map_err(|error| match error {
            StoreError::Away(why) | StoreError::Invalid(why) => {
                let remedy = if why.contains("certificate") {
                    "; give its authority in SSL_CERT_FILE, or write ?sslmode=disable for a server on this machine"
                } else {
                    ""
                };
                StoreError::Away(format!("{}: {why}{remedy}", self.name))
            }
            other => other,
        })?;
        postgres.script(match self.access {
            Access::Serve => "SET lock_timeout = '1s'; SET statement_timeout = '10s'",
            Access::Command => "SET lock_timeout = '10s'",
            Access::Read => "SET default_transaction_read_only = on",
        })?;
        Ok(postgres)
    }
}

impl Postgres {
    fn connect<T>(config: &Config, tls: T) -> Result<Self, StoreError>
    where
        T: MakeTlsConnect<Socket>,
        T::Stream: Send + 'static,
    {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| StoreError::Away(format!("nothing can wait for its answers: {error}")))?;
        let (client, connection) = runtime.block_on(config.connect(tls))?;
        // Whatever ends it is told to the statement that waits then.
        runtime.spawn(async move { drop(connection.await) });
        Ok(Self { client, statements: HashMap::new(), runtime })
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Several statements at once, without parameters.
    pub(super) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.runtime.block_on(self.client.batch_execute(sql))?)
    }

    /// All are sent before the first answer is waited for: one journey for the whole batch.
    pub(super) fn rows<'a>(
        &mut self,
        table: &'static str,
        sql: &'static str,
        batch: &[impl AsRef<[Value<'a>]>],
    ) -> Result<Vec<Row>, StoreError> {
        let statement = self.prepared(sql)?;
        let asked: Vec<_> = batch.iter().map(|values| parameters(values.as_ref())).collect();
        let answers = asked.iter().map(|values| self.client.query(&statement, values));
        let found = self.runtime.block_on(try_join_all(answers))?;
        Ok(found.iter().flatten().map(|found| row(table, found)).collect())
    }

    /// As [`Postgres::rows`].
    pub(super) fn execute<'a>(
        &mut self,
        sql: &'static str,
        batch: &[impl AsRef<[Value<'a>]>],
    ) -> Result<usize, StoreError> {
        let statement = self.prepared(sql)?;
        let asked: Vec<_> = batch.iter().map(|values| parameters(values.as_ref())).collect();
        let answers = asked.iter().map(|values| self.client.execute(&statement, values));
        let changed: u64 = self.runtime.block_on(try_join_all(answers))?.into_iter().sum();
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    fn prepared(&mut self, sql: &'static str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(self.client.prepare(sql))?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Postgres")
    }
}

fn parameters<'a>(values: &'a [Value<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn row(table: &'static str, found: &tokio_postgres::Row) -> Row {
    Row::new(table, (0..found.len()).map(|column| cell(found, column)).collect())
}

fn cell(row: &tokio_postgres::Row, column: usize) -> Cell {
    if let Ok(int) = row.try_get::<_, Option<i64>>(column) {
        return int.map_or(Cell::Null, Cell::Int);
    }
    match row.try_get::<_, Option<String>>(column) {
        Ok(text) => text.map_or(Cell::Null, Cell::Text),
        Err(_) => Cell::Strange,
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, type_: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(int) => int.to_sql_checked(type_, out),
            Value::Text(text) => without_nul(text).to_sql_checked(type_, out),
            Value::Id(id) => id.to_string().to_sql_checked(type_, out),
        }
    }

    fn accepts(type_: &Type) -> bool {
        <i64 as ToSql>::accepts(type_) || <&str as ToSql>::accepts(type_)
    }

    to_sql_checked!();
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

fn host_name(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    }
}

fn tls() -> Result<rustls::ClientConfig, StoreError> {
    let mut authorities = rustls::RootCertStore::empty();
    authorities.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Invalid(format!("TLS cannot be set up: {error}")))?;
    Ok(config.with_root_certificates(authorities).with_no_client_auth())
}
