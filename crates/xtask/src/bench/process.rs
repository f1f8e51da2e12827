//! What the kernel knows of a process and of the machine.

use std::fs;
use std::process::Command;

use anyhow::{Context, ensure};

/// Ticks a second in `/proc/PID/stat`: the kernel shows all programs this many, whatever it counts in itself.
const TICKS_A_SECOND: f64 = 100.0;

/// Bytes that a process holds in memory now.
pub(super) fn resident_bytes(pid: u32) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).context("the server is gone")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("the kernel does not say")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? * 1024)
}

/// Seconds that all threads of a process have computed, in user and kernel mode.
pub(super) fn cpu_seconds(pid: u32) -> anyhow::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).context("the server is gone")?;
    // The name in parentheses may hold blanks.
    let (_, fields) = stat.rsplit_once(')').context("the kernel does not say")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    ensure!(fields.len() > 12, "the kernel does not say");
    Ok((fields[11].parse::<f64>()? + fields[12].parse::<f64>()?) / TICKS_A_SECOND)
}

/// The load of the last minute: processes that compute or wait for the disk.
pub(super) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace().next().unwrap_or("unknown").to_owned()
}

/// One line: processor, cores, memory, system.
pub(super) fn machine() -> String {
    let value = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or("unknown", |(_, value)| value.trim()).to_owned()
    };
    let memory = value("/proc/meminfo", "MemTotal");
    let gib = memory.trim_end_matches("kB").trim().parse::<f64>().map_or(0.0, |kib| kib / f64::from(1 << 20));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let system = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{}, {cores} cores, {gib:.0} GiB of memory, Linux {}", value("/proc/cpuinfo", "model name"), system.trim())
}

/// What a command prints, in one line; empty when it cannot be run.
pub(super) fn said_by(program: &std::path::Path, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().replace('\n', " ")).unwrap_or_default()
}
