"""Les pages des commissions : composer, convoquer, tenir la réunion, et lire sa place."""
