//! What staff text in a storm.

use super::Storm;

impl Storm {
    /// Some answer, some ask somebody else; none brings back whoever is away by the file.
    pub(super) async fn somebody_texts(&mut self) {
        const COMMANDS: [&str; 10] = [
            "AWAY 1H",
            "AWAY 5M",
            "AWAY FRI ANA",
            "UNDO",
            "WHO",
            "CALLS",
            "SWAP FRI PRIYA",
            "YES",
            "DONE 1",
            "Morning!",
        ];
        let mut among = |count: usize| usize::try_from(self.dice.up_to(u32::try_from(count - 1).unwrap())).unwrap();
        let (who, command) = (["sam", "priya", "tom", "ana"][among(4)], COMMANDS[among(COMMANDS.len())]);
        self.shop.staff(who).sends(command).await;
        self.commands += 1;
    }
}
