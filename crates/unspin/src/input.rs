//! From the arguments to articles with their settings.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{fs, io};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use unspin_core::Settings;
use unspin_project::{Config, Configs, decode, markup_of, read_article, walk};
use unspin_text::Markup;

use crate::args::Input;

/// One article, ready to be looked at.
pub(crate) struct Article {
    /// As the person wrote it.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) markup: Markup,
    pub(crate) settings: Arc<Settings>,
    pub(crate) is_stdin: bool,
}

/// Does `work` on every article in parallel and gives the results in order, each problem in its place as a message.
pub(crate) fn for_each_article<T: Send>(
    input: &Input,
    work: impl Fn(Article) -> anyhow::Result<T> + Sync,
) -> anyhow::Result<Vec<anyhow::Result<T>>> {
    let fixed = input.config.as_deref().map(read_config).transpose()?;
    let configs = Mutex::new(Configs::default());
    let paths = list(input, &configs);
    let progress = progress_bar(paths.len());
    let results = paths
        .into_par_iter()
        .map(|path| {
            let result = path.and_then(|path| open(path, input, fixed.as_ref(), &configs)).and_then(&work);
            progress.inc(1);
            result
        })
        .collect();
    progress.finish_and_clear();
    Ok(results)
}

fn list(input: &Input, configs: &Mutex<Configs>) -> Vec<anyhow::Result<PathBuf>> {
    let mut configs = configs.lock().expect("nobody panics while holding it");
    let mut paths = Vec::new();
    for path in &input.paths {
        if path == Path::new("-") {
            paths.push(Ok(path.clone()));
        } else {
            let found = walk(path, &mut configs);
            if found.is_empty() {
                anstream::eprintln!(
                    "unspin: there is no article in `{}` (.txt, .md, .wiki and the like)",
                    path.display()
                );
            }
            paths.extend(found.into_iter().map(|found| found.map_err(anyhow::Error::from)));
        }
    }
    paths
}

fn open(path: PathBuf, input: &Input, fixed: Option<&Config>, configs: &Mutex<Configs>) -> anyhow::Result<Article> {
    let is_stdin = path == Path::new("-");
    let path = if is_stdin { input.stdin_filename.clone() } else { path };
    let absolute = std::path::absolute(&path).with_context(|| format!("cannot find `{}`", path.display()))?;
    let mut settings = match fixed {
        Some(config) => config.settings_for(&absolute),
        None => configs.lock().expect("nobody panics while holding it").nearest(&absolute)?.settings_for(&absolute),
    };
    if let Some(sensitivity) = input.sensitivity {
        settings.sensitivity = sensitivity.into();
    }
    let text = if is_stdin {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        decode(bytes, Path::new("standard input"))?
    } else {
        read_article(&path)?
    };
    let markup = markup_of(&path).unwrap_or_default();
    Ok(Article { path, text, markup, settings: Arc::new(settings), is_stdin })
}

fn read_config(path: &Path) -> anyhow::Result<Config> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let absolute = std::path::absolute(path)?;
    Ok(Config::parse(&text, &absolute)?)
}

/// Shown on a terminal, and only when there is more than a moment's work.
fn progress_bar(files: usize) -> ProgressBar {
    const FILES_MIN: usize = 20;
    if files < FILES_MIN {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} articles").expect("the template is well formed");
    ProgressBar::new(files as u64).with_style(style)
}
