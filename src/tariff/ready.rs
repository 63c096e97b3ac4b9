//! Tariffs that are ready to use by their name. Their texts are files that a user may copy and change.

/// The ready tariffs: what each is called, and its text.
pub const READY: [(&str, &str); 1] =
    [("guangdong_2021", include_str!("../../assets/tariffs/guangdong_2021.ron"))];
