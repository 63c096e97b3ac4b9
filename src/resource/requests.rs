//! Where a request is from the moment it is made until everything is given back.

use super::loan::Loan;
use super::waiting::WaitingRequest;
use super::{Holding, Token};

/// All requests of a run that are not over. A token names the place of its request here, so that nothing is searched for.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    all: Vec<RequestEntry>,
    /// Places that are free again.
    free: Vec<u32>,
    /// How many were made so far.
    made: u64,
}

/// A request, and the number that it has in the run.
#[derive(Clone, Debug)]
struct RequestEntry {
    number: u64,
    stage: RequestStage,
}

/// How far a request has come.
#[derive(Clone, Debug)]
pub(super) enum RequestStage {
    /// It is made, and the pools have not heard of it yet.
    Made,
    Waits(WaitingRequest),
    Granted(Loan),
    Over,
}

impl Requests {
    /// A token for one more request.
    pub(super) fn make(&mut self) -> Token {
        self.made += 1;
        let entry = RequestEntry { number: self.made, stage: RequestStage::Made };
        let place = match self.free.pop() {
            Some(place) => {
                self.all[place as usize] = entry;
                place
            }
            None => {
                self.all.push(entry);
                self.all.len() as u32 - 1
            }
        };
        Token { number: self.made, place }
    }

    fn entry(&self, token: Token) -> Option<&RequestEntry> {
        self.all.get(token.place as usize).filter(|entry| entry.number == token.number)
    }

    fn entry_mut(&mut self, token: Token) -> Option<&mut RequestEntry> {
        self.all.get_mut(token.place as usize).filter(|entry| entry.number == token.number)
    }

    /// The request goes on to this stage.
    pub(super) fn set(&mut self, token: Token, stage: RequestStage) {
        if let Some(entry) = self.entry_mut(token) {
            entry.stage = stage;
        }
    }

    /// It is over: the token names nothing any more.
    pub(super) fn end(&mut self, token: Token) {
        if let Some(entry) = self.entry_mut(token) {
            *entry = RequestEntry { number: 0, stage: RequestStage::Over };
            self.free.push(token.place);
        }
    }

    /// The request, if it waits.
    pub(super) fn waiting(&self, token: Token) -> Option<&WaitingRequest> {
        match &self.entry(token)?.stage {
            RequestStage::Waits(waiting) => Some(waiting),
            _ => None,
        }
    }

    /// What was granted under a token and is not given back.
    pub(super) fn loan(&self, token: Token) -> Option<&Loan> {
        match &self.entry(token)?.stage {
            RequestStage::Granted(loan) => Some(loan),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn loan_mut(&mut self, token: Token) -> Option<&mut Loan> {
        match &mut self.entry_mut(token)?.stage {
            RequestStage::Granted(loan) => Some(loan),
            _ => None,
        }
    }

    /// All that wait, in no order.
    pub(super) fn all_waiting(&self) -> impl Iterator<Item = &WaitingRequest> {
        self.all.iter().filter_map(|entry| match &entry.stage {
            RequestStage::Waits(waiting) => Some(waiting),
            _ => None,
        })
    }

    /// All that were granted and not given back, in no order.
    pub(super) fn loans(&self) -> impl Iterator<Item = (Token, &Loan)> {
        (0..).zip(&self.all).filter_map(|(place, entry)| match &entry.stage {
            RequestStage::Granted(loan) => Some((Token { number: entry.number, place }, loan)),
            _ => None,
        })
    }

    /// The same in the order in which they were requested.
    pub(super) fn loans_in_order(&self) -> Vec<(Token, &Loan)> {
        let mut all: Vec<(Token, &Loan)> = self.loans().collect();
        all.sort_unstable_by_key(|(token, _)| *token);
        all
    }

    /// All that is lent, in no order.
    pub(super) fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.loans().flat_map(|(_, loan)| &loan.holdings)
    }
}
