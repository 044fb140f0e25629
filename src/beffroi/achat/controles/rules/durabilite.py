"""L'environnement et le social, depuis le 21 août 2026 : RC-23 et RC-24."""

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Impossible, Reponses
from beffroi.achat.controles.rules.criteres import groupes
from beffroi.achat.controles.rules.faits import Projet
from beffroi.achat.controles.rules.seuils import besoin_du_projet
from droit.decision import Motif
from droit.en_vigueur import DroitInconnu, Valeur
from droit.regime import seuils, valeur_du_besoin

_MOIS_DE_TRAVAUX_COURTS = 6


def _regle(projet: Projet, nom: str) -> Valeur | None:
    """La règle, si elle est connue et en vigueur au jour du lancement ;
    la défense en est exclue.
    """
    if projet.achat.contrat == "défense ou sécurité":
        return None
    tete = "durable.concession" if projet.achat.est_une_concession else "durable"
    lue = seuils.lue(projet.droit, f"{tete}.{nom}")
    return None if isinstance(lue, DroitInconnu) or lue.valeur is not True else lue


def _critere_environnemental(projet: Projet) -> Reponses:
    regle = _regle(projet, "critere_environnemental")
    if regle is None:
        return
    pourquoi = Motif(f"{regle.libelle}.", regle.article)
    for nom, champ, criteres in groupes(projet):
        if not criteres:
            continue
        if len(criteres) == 1 and criteres[0].sorte == "prix":
            yield Ecart(
                quoi=f"Le prix est le seul critère{nom}.",
                champ=champ,
                trouve=criteres[0].nom,
                attendu="plusieurs critères, ou le coût sur tout le cycle de vie",
                pourquoi=pourquoi,
                remede="Ajoutez au moins un critère sur l'environnement.",
            )
        elif not any(
            critere.porte_sur_l_environnement or critere.sorte == "coût" for critere in criteres
        ):
            yield Ecart(
                quoi=f"Aucun critère{nom} ne porte sur l'environnement.",
                champ=champ,
                trouve=", ".join(critere.nom for critere in criteres),
                attendu="au moins un critère sur l'environnement",
                pourquoi=pourquoi,
                remede="Ajoutez un critère, ou dites quel critère porte sur l'environnement.",
            )


def _conditions(projet: Projet) -> Reponses:
    regle = _regle(projet, "conditions_environnementales")
    durabilite = projet.achat.execution.durabilite
    if regle and not durabilite.condition_environnementale.strip():
        yield Ecart(
            quoi="Aucune condition d'exécution ne porte sur l'environnement.",
            attendu="une condition écrite dans le cahier des charges",
            pourquoi=Motif(f"{regle.libelle}.", regle.article),
            remede="Décrivez la condition : déchets, transport, matériaux ou énergie.",
        )
    sociale = _regle(projet, "conditions_sociales")
    if sociale is None:
        return
    besoin = besoin_du_projet(projet)
    if besoin is None:
        yield Impossible(
            "Le montant estimé n'est pas dit : on ne sait pas si une condition sociale est exigée."
        )
    elif seuils.atteint_le_seuil_europeen(
        besoin, projet.droit, valeur_du_besoin.valeur_du_besoin(besoin)
    ):
        yield from _condition_sociale(projet, Motif(f"{sociale.libelle}.", sociale.article))


def _condition_sociale(projet: Projet, pourquoi: Motif) -> Reponses:
    durabilite = projet.achat.execution.durabilite
    if durabilite.condition_sociale.strip():
        return
    cas = projet.droit.valeur("durable.conditions_sociales.exceptions").valeur
    exceptions = cas if isinstance(cas, tuple) else ()
    if durabilite.exception_sociale not in exceptions:
        yield Ecart(
            quoi="Aucune condition d'exécution ne porte sur l'emploi ou le social.",
            champ="execution.durabilite.condition_sociale",
            trouve=durabilite.exception_sociale,
            attendu=f"une condition, ou une exception : {' ; '.join(exceptions)}",
            pourquoi=pourquoi,
            remede="Ajoutez une condition sociale, ou choisissez l'exception qui s'applique.",
        )
    elif not durabilite.motif_de_l_exception.strip():
        yield Ecart(
            quoi="L'exception à la condition sociale n'est pas expliquée.",
            champ="execution.durabilite.motif_de_l_exception",
            trouve=durabilite.exception_sociale,
            attendu="une raison écrite, que vous gardez",
            pourquoi=pourquoi,
            remede="Écrivez pourquoi cette exception s'applique.",
            gravite=Gravite.AVERTISSEMENT,
        )
    elif "six mois" in durabilite.exception_sociale and not _travaux_courts(projet):
        yield Ecart(
            quoi="L'exception des travaux de moins de six mois ne va pas avec cet achat.",
            champ="execution.durabilite.exception_sociale",
            trouve=durabilite.exception_sociale,
            attendu="des travaux de moins de six mois",
            pourquoi=pourquoi,
            remede="Choisissez une autre exception, ou ajoutez une condition sociale.",
        )


def _travaux_courts(projet: Projet) -> bool:
    duree = projet.achat.execution.duree_totale_en_mois
    return (
        projet.achat.prestation == "travaux"
        and duree is not None
        and duree < _MOIS_DE_TRAVAUX_COURTS
    )


FONCTIONS = {
    "RC-23": Fonctions(projet=_critere_environnemental),
    "RC-24": Fonctions(projet=_conditions),
}
