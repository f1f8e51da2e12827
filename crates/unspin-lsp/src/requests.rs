//! What is asked of the client. Nobody waits for its answer: that comes as an event, or never.

use std::time::Duration;

use serde_json::Value;
use tokio::runtime::Handle;
use tower_lsp::jsonrpc;
use tower_lsp::ls_types::request::Request;

use crate::inbox::{Event, Inbox};

/// How long an answer is waited for before the question is forgotten.
const ANSWER_WAIT: Duration = Duration::from_secs(60);

/// The way to ask the client something.
#[derive(Debug, Clone)]
pub(crate) struct Requests {
    client: tower_lsp::Client,
    runtime: Handle,
    inbox: Inbox,
}

impl Requests {
    pub(crate) fn new(client: tower_lsp::Client, runtime: Handle, inbox: Inbox) -> Requests {
        Requests { client, runtime, inbox }
    }

    /// Asks; `then` makes an event of the answer.
    pub(crate) fn ask<R>(
        &self,
        params: R::Params,
        then: impl FnOnce(jsonrpc::Result<R::Result>) -> Option<Event> + Send + 'static,
    ) where
        R: Request + 'static,
        R::Params: Send,
        R::Result: Send,
    {
        let (client, inbox) = (self.client.clone(), self.inbox.clone());
        self.runtime.spawn(async move {
            if let Ok(answer) = tokio::time::timeout(ANSWER_WAIT, client.send_request::<R>(params)).await
                && let Some(event) = then(answer)
            {
                inbox.post(event);
            }
        });
    }

    /// Asks for something whose answer changes nothing.
    pub(crate) fn tell<R>(&self, params: R::Params)
    where
        R: Request + 'static,
        R::Params: Send,
        R::Result: Send,
    {
        self.ask::<R>(params, |answer| {
            if let Err(error) = answer {
                tracing::debug!("the client answered `{}` with: {error}", R::METHOD);
            }
            None
        });
    }
}

/// `workspace/applyEdit`, with edits that the library's types have no field for.
#[derive(Debug)]
pub(crate) enum ApplyEdit {}

impl Request for ApplyEdit {
    type Params = Value;
    type Result = Value;
    const METHOD: &'static str = "workspace/applyEdit";
}
