//! The precision–recall curves as a picture.

use std::fmt::Write as _;

use super::SENSITIVITIES;
use super::curve::{self, Point};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
/// Room for the axes: left, top, right, bottom.
const MARGIN: (f64, f64, f64, f64) = (56.0, 20.0, 20.0, 48.0);
/// Told apart by the colour-blind too (Okabe and Ito).
const COLOURS: [&str; 4] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];

/// One curve a set, with a dot for each sensitivity.
pub(super) fn picture(curves: &[(&str, Vec<Point>)]) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>Precision against recall</title>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
    );
    axes(&mut svg);
    for (idx, (name, points)) in curves.iter().enumerate() {
        let colour = COLOURS[idx % COLOURS.len()];
        let mut path = String::new();
        for point in points {
            let (left, top) = place(point.recall, point.precision);
            write!(path, "{}{left:.1} {top:.1}", if path.is_empty() { "M" } else { "L" }).expect("writing to a string");
        }
        line(&mut svg, &format!("<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
        for (title, sensitivity) in SENSITIVITIES {
            let Some(point) = curve::at(points, sensitivity.threshold()) else { continue };
            let (left, top) = place(point.recall, point.precision);
            line(&mut svg, &format!("<circle cx=\"{left:.1}\" cy=\"{top:.1}\" r=\"4.5\" fill=\"{colour}\"/>"));
            let (left, top) = (left + 7.0, top - 7.0);
            line(&mut svg, &format!("<text x=\"{left:.1}\" y=\"{top:.1}\" fill=\"{colour}\">{title}</text>"));
        }
        let legend = HEIGHT - MARGIN.3 - 18.0 - 20.0 * (curves.len() - 1 - idx) as f64;
        let (rule, text) = (MARGIN.0 + 12.0, MARGIN.0 + 44.0);
        line(&mut svg, &format!("<path d=\"M{rule} {legend}h24\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
        let below = legend + 4.5;
        let area = curve::area(points);
        line(&mut svg, &format!("<text x=\"{text}\" y=\"{below}\">{name}, area {area:.2}</text>"));
    }
    svg.push_str("</svg>\n");
    svg
}

fn axes(svg: &mut String) {
    let (left, bottom) = place(0.0, 0.0);
    let (right, top) = place(1.0, 1.0);
    for step in 0..=5 {
        let share = f64::from(step) / 5.0;
        let (x, y) = place(share, share);
        line(svg, &format!("<path d=\"M{left} {y:.1}H{right}M{x:.1} {bottom}V{top}\" stroke=\"#ddd\"/>"));
        let (beside, below) = (left - 8.0, bottom + 18.0);
        let middle = y + 4.5;
        line(svg, &format!("<text x=\"{beside}\" y=\"{middle:.1}\" text-anchor=\"end\">{share:.1}</text>"));
        line(svg, &format!("<text x=\"{x:.1}\" y=\"{below}\" text-anchor=\"middle\">{share:.1}</text>"));
    }
    let (across, down) = ((left + right) / 2.0, HEIGHT - 10.0);
    line(svg, &format!("<text x=\"{across}\" y=\"{down}\" text-anchor=\"middle\">recall</text>"));
    let (beside, middle) = (16.0, (top + bottom) / 2.0);
    line(
        svg,
        &format!(
            "<text x=\"{beside}\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 {beside} {middle})\">precision</text>"
        ),
    );
}

fn place(recall: f64, precision: f64) -> (f64, f64) {
    let (left, top, right, bottom) = MARGIN;
    (left + recall * (WIDTH - left - right), HEIGHT - bottom - precision * (HEIGHT - top - bottom))
}

fn line(svg: &mut String, element: &str) {
    svg.push_str(element);
    svg.push('\n');
}
