//! Tables of what people read. Every text stands with its translations side by side, so that none can be missing.

/// Makes a type whose functions are some texts, in the language it holds:
///
/// ```text
/// words! { CallsWords:
///     title: "Calls" | "Gesprekken" | "Anrufe" | "Appels" | "Llamadas";
///     rings(who, seconds): "rings {who} for {seconds} s" | … ;
/// }
/// CallsWords(language).rings("Tom", 18)
/// ```
///
/// English, Dutch, German, French, Spanish, in this order.
macro_rules! words {
    ($name:ident: $($key:ident $(($($place:ident),+))?: $en:literal | $nl:literal | $de:literal | $fr:literal | $es:literal;)*) => {
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name(pub(crate) $crate::domain::words::Language);

        impl $name {
            $(pub(crate) fn $key(self $($(, $place: impl std::fmt::Display)+)?) -> String {
                use $crate::domain::words::Language as L;
                match self.0 {
                    L::English => format!($en),
                    L::Dutch => format!($nl),
                    L::German => format!($de),
                    L::French => format!($fr),
                    L::Spanish => format!($es),
                }
            })*
        }
    };
}
pub(crate) use words;
