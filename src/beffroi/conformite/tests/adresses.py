"""Qui entre où : le public lit ce qui est promis, le centre ce qui est à lui."""

from tests.architecture.adresses import Adresse, reserve_a_l_exploitant

ADRESSES = {
    **{
        f"conformite:{nom}": Adresse(reserve_a_l_exploitant())
        for nom in ("journal_de_securite", "journal_de_securite_csv")
    },
}
