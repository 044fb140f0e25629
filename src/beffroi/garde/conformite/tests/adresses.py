"""Qui entre où : le public lit ce qui est promis,
chacun exerce ses droits, le centre a ses pages.
"""

from beffroi.garde.conformite.courriels import jeton_de
from beffroi.garde.conformite.services.droits import Saisie, confirmer, demander
from tests.architecture.adresses import (
    Adresse,
    Monde,
    publique,
    reserve_a_l_exploitant,
    reserve_aux_agents,
)

NOM, COURRIEL = "Lucienne Demandeuse", "lucienne@demandeuse.example"


def planter(monde: Monde) -> None:
    """Cinq demandes confirmées, et une sixième,
    que la même adresse ne peut pas encore confirmer.
    """
    demandes = [
        demander(
            Saisie("acces", "Que gardez-vous de moi ?", NOM, COURRIEL, f"cle-du-droit-{n}"),
            compte=None,
            maintenant=monde.maintenant,
        )
        for n in range(6)
    ]
    for demande in demandes[:5]:
        confirmer(demande=demande, maintenant=monde.maintenant)
    demandes[0].refresh_from_db()
    monde.objets["demande_de_droit"], monde.objets["demande_de_trop"] = demandes[0], demandes[5]
    monde.secrets |= {NOM, COURRIEL}


def la_demande(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["demande_de_droit"].reference}


def la_convention(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["convention"].reference}


def absente(_: Monde) -> dict[str, str]:
    return {"reference": "DD-22222222"}


ADRESSES = {
    **{
        f"conformite:{nom}": Adresse(publique())
        for nom in ("accueil", "registre", "sous_traitance", "homologation", "demande_recue")
    },
    "conformite:exercer": Adresse(
        publique(), methodes=("get", "post"), par_methode={"post": publique(422)}
    ),
    "conformite:suivre": Adresse(
        publique(),
        lambda monde: {"jeton": jeton_de(monde.objets["demande_de_trop"])},
        lambda _: {"jeton": "DD-22222222:altere"},
        methodes=("get", "post"),
        par_methode={"post": publique(422)},
    ),
    "conformite:dossier_d_homologation": Adresse(
        reserve_a_l_exploitant(), lambda _: {"format_": "odt"}, lambda _: {"format_": "exe"}
    ),
    "conformite:notre_annexe": Adresse(
        reserve_aux_agents(agent_sans_role=200),
        lambda monde: {"siret": monde.bomy.siret, "format_": "odt"},
        lambda _: {"siret": "00000000000000", "format_": "odt"},
    ),
    **{
        f"conformite:{nom}": Adresse(reserve_a_l_exploitant())
        for nom in ("au_centre", "demandes", "journal_de_securite", "journal_de_securite_csv")
    },
    "conformite:demande": Adresse(
        reserve_a_l_exploitant(),
        la_demande,
        absente,
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "conformite:finir_la_clause": Adresse(
        reserve_a_l_exploitant(),
        la_convention,
        absente,
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "conformite:prolonger": Adresse(
        reserve_a_l_exploitant(),
        la_demande,
        absente,
        methodes=("post",),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
}
