"""Ce que le montant et la durée mettent dans le contrat : environnement, social, avance."""

from droit.decision import Motif
from droit.en_vigueur import Droit, DroitInconnu
from droit.phrases import en_clair
from droit.regime import seuils
from droit.regime.besoin import Besoin
from droit.regime.proposition import Alternative, Choix, a_verifier
from droit.regime.raison import Raison, selon
from droit.regime.suites import EXIGE, NON_EXIGE
from droit.regime.valeur_du_besoin import ValeurDuBesoin
from droit.tables import ConfianceDansLaSource

_TRAVAUX_COURTS_EN_MOIS = 6
CRITERE, CONDITION, CONDITION_SOCIALE = (
    "critere_environnemental",
    "condition_environnementale",
    "condition_sociale",
)
_DEMANDES = {
    CRITERE: "un critère sur l'environnement",
    CONDITION: "une condition d'exécution sur l'environnement",
    CONDITION_SOCIALE: "une condition d'exécution sociale",
}


def durabilite_proposee(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix:
    """Environnement et social, depuis le 21 août 2026 (CCP,
    art. R. 2152-7, L. 2112-2 et L. 2112-2-1).
    """
    question = "Que demander pour l'environnement et l'emploi ?"
    if besoin.contrat == "défense ou sécurité":
        return a_verifier(
            "durabilite", question, phrase="Les marchés de défense sont hors de ces règles."
        )
    tete = "durable.concession" if besoin.est_une_concession else "durable"
    exiges = tuple(_exiges(besoin, droit, valeur, tete=tete))
    if not exiges:
        return _choix(
            question, (NON_EXIGE,), "Rien n'est exigé à cette date", _pas_encore(droit, tete)
        )
    phrase = ", ".join(_DEMANDES[cle] for cle, _ in exiges)
    return _choix(
        question,
        tuple(cle for cle, _ in exiges),
        phrase[0].upper() + phrase[1:],
        *(raison for _, raison in exiges),
        *_specifications(besoin, droit),
        alternatives=tuple(_exceptions(besoin, droit)) if CONDITION_SOCIALE in dict(exiges) else (),
    )


def _exiges(
    besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin, *, tete: str
) -> list[tuple[str, Raison]]:
    lues = {
        CRITERE: (
            f"{tete}.critere_environnemental",
            "Au moins un critère porte sur l'environnement.",
        ),
        CONDITION: (
            f"{tete}.conditions_environnementales",
            "L'exécution tient compte de l'environnement.",
        ),
    }
    if seuils.atteint_le_seuil_europeen(besoin, droit, valeur):
        lues[CONDITION_SOCIALE] = (
            f"{tete}.conditions_sociales",
            "Au-dessus du seuil européen, une condition porte sur l'emploi.",
        )
    return [
        (demande, selon(lue, texte))
        for demande, (cle, texte) in lues.items()
        if not isinstance(lue := seuils.lue(droit, cle), DroitInconnu) and lue.valeur is True
    ]


def _specifications(besoin: Besoin, droit: Droit) -> tuple[Raison, ...]:
    """Le cahier des charges lui-même en tient compte :
    rien à cocher, mais à écrire (CCP, art. L. 2111-2).
    """
    lue = seuils.lue(droit, "durable.specifications")
    if besoin.est_une_concession or isinstance(lue, DroitInconnu) or lue.valeur is not True:
        return ()
    return (selon(lue, "Le cahier des charges tient compte du développement durable."),)


def _pas_encore(droit: Droit, tete: str) -> Raison:
    lue = seuils.lue(droit, f"{tete}.critere_environnemental")
    if isinstance(lue, DroitInconnu):
        return Raison(motif=Motif(lue.phrase), confiance=ConfianceDansLaSource.SAVOIR)
    return selon(lue, "L'obligation ne vaut pas encore à la date de lancement.")


def _exceptions(besoin: Besoin, droit: Droit) -> list[Alternative]:
    exceptions = droit.valeur("durable.conditions_sociales.exceptions")
    cas = exceptions.valeur if isinstance(exceptions.valeur, tuple) else ()
    permises = [nom for nom in cas if "six mois" not in nom or _sont_des_travaux_courts(besoin)]
    return [
        Alternative(
            valeurs=(CRITERE, CONDITION, nom),
            libelle=f"Sans condition sociale : {nom}",
            consequence=selon(exceptions, "Vous écrivez pourquoi, et vous gardez cet écrit."),
        )
        for nom in permises
    ]


def _sont_des_travaux_courts(besoin: Besoin) -> bool:
    return (
        besoin.en_travaux
        and besoin.duree_en_mois is not None
        and besoin.duree_en_mois < _TRAVAUX_COURTS_EN_MOIS
    )


def avance_proposee(besoin: Besoin, droit: Droit) -> Choix:
    """Une avance est due au-dessus d'un montant et d'une durée (CCP, art. R. 2191-3)."""
    question = "Faut-il verser une avance ?"
    if besoin.est_une_concession:
        return Choix(
            cle="avance", question=question, valeurs=(NON_EXIGE,), libelle="Sans objet", pourquoi=()
        )
    montant, duree = droit.valeur("seuil.avance.montant"), droit.valeur("seuil.avance.duree")
    if besoin.duree_en_mois is None:
        phrase = f"La durée n'est pas dite. Une avance est due au-delà de {duree.entier} mois."
        return a_verifier("avance", question, phrase=phrase)
    due = besoin.montant_ht > montant.entier and besoin.duree_en_mois > duree.entier
    signe = "plus" if due else "pas plus"
    raisons = (
        selon(montant, f"Elle est due au-dessus de {en_clair(montant.valeur, montant.unite)}."),
        selon(
            duree,
            f"Et si l'exécution dure plus de {duree.entier} mois : ici, {signe} pour les deux.",
        ),
    )
    return Choix(
        cle="avance",
        question=question,
        valeurs=(EXIGE if due else NON_EXIGE,),
        libelle="Oui, si l'entreprise ne la refuse pas"
        if due
        else "Non, mais vous pouvez l'accorder",
        pourquoi=raisons,
        champ="execution.avance_en_pourcent",
    )


def _choix(
    question: str,
    valeurs: tuple[str, ...],
    libelle: str,
    *pourquoi: Raison,
    alternatives: tuple[Alternative, ...] = (),
) -> Choix:
    return Choix(
        cle="durabilite",
        question=question,
        valeurs=valeurs,
        libelle=libelle,
        pourquoi=pourquoi,
        alternatives=alternatives,
        champ="execution.durabilite",
    )
