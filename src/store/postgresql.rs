//! PostgreSQL, shared by several instances.

use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::sql::Postgres;
use super::{Access, StoreError};

/// A call goes on without the store after two seconds, so nothing here may take longer.
const CONNECT: Duration = Duration::from_millis(1500);

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
        let mut config: Config = url.parse().map_err(|error: postgres::Error| {
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
            self.config.connect(NoTls)
        } else {
            self.config.connect(MakeRustlsConnect::new(tls()?))
        };
        let mut client = connected.map_err(|error| match StoreError::from(error) {
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
        client.batch_execute(match self.access {
            Access::Serve => "SET lock_timeout = '1s'; SET statement_timeout = '10s'",
            Access::Command => "SET lock_timeout = '10s'",
            Access::Read => "SET default_transaction_read_only = on",
        })?;
        Ok(Postgres::new(client))
    }
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
