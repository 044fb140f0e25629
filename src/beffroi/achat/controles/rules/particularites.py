"""Ce qu'un achat peut avoir de particulier :
le prix, les tranches et les options, l'achat à plusieurs. PUB-14 à PUB-16.
"""

from collections.abc import Iterator

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence
from beffroi.achat.relectures.rules.reperage import Mention, Sujet, Trouvaille, plier

_AGRICULTURE_ET_ALIMENTATION = ("03", "15")  # divisions du vocabulaire CPV
_AUTREMENT = "La phrase peut parler d'autre chose."


def _prix(projet: Projet) -> Reponses:
    """La forme du prix, et s'il peut changer (CCP, art. R. 2112-6, R. 2112-8 à R. 2112-14)."""
    achat, execution = projet.achat, projet.achat.execution
    if achat.est_une_concession:
        return
    if not execution.forme_de_prix:
        yield Ecart(
            quoi="La forme du prix n'est pas dite.",
            attendu="forfaitaire, unitaire ou mixte",
            remede="Choisissez-la : l'acte d'engagement en dépend.",
        )
    # Le prix d'une maîtrise d'œuvre d'ouvrage commence souvent provisoire (R. 2112-18) :
    # l'acheteur peut ne rien dire ici.
    if not execution.variation_de_prix and not achat.maitrise_d_oeuvre:
        yield Ecart(
            quoi="On ne sait pas si le prix est ferme ou révisable.",
            champ="execution.variation_de_prix",
            attendu="ferme, ferme et actualisable, ou révisable",
            remede="Dites-le : les entreprises en tiennent compte dans leur prix.",
        )
    yield from _evolution(projet)


def _evolution(projet: Projet) -> Reponses:
    achat, execution = projet.achat, projet.achat.execution
    variation = execution.variation_de_prix
    if variation == "ferme" and achat.prestation == "travaux":
        yield Ecart(
            quoi="Un prix ferme de travaux s'actualise, et celui-ci ne le prévoit pas.",
            champ="execution.variation_de_prix",
            trouve=variation,
            attendu="ferme actualisable",
            remede=(
                "Choisissez « ferme, actualisé » : le code l'exige pour des travaux (R. 2112-10)."
            ),
        )
    if variation == "révisable" and not execution.clause_de_prix.strip():
        yield Ecart(
            quoi="Le prix est révisable, sans dire comment.",
            champ="execution.clause_de_prix",
            attendu="la date du prix de départ, le calcul et la périodicité",
            remede="Écrivez-les, ou nommez l'article du cahier des clauses qui les donne.",
        )
    if variation.startswith("ferme") and achat.code_cpv.startswith(_AGRICULTURE_ET_ALIMENTATION):
        yield Ecart(
            quoi="Le prix de produits agricoles ou alimentaires est ferme.",
            champ="execution.variation_de_prix",
            trouve=variation,
            attendu="révisable",
            remede="Prévoyez une révision, si vous achetez des matières premières (R. 2112-13).",
            doute="Le code CPV désigne aussi des produits transformés.",
        )


def _prix_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    variation = projet.achat.execution.variation_de_prix
    contraire: Sujet = "prix ferme" if variation == "révisable" else "prix révisable"
    if not variation:
        return
    for mention in _affirmees(reglement, contraire):
        yield Ecart(
            quoi="Le règlement et la consultation ne disent pas la même évolution du prix.",
            champ="execution.variation_de_prix",
            ou=mention,
            attendu=variation,
            remede="Accordez-les.",
            doute=_AUTREMENT,
        )


def _tranches(projet: Projet) -> Reponses:
    """Une tranche ferme, et une ou plusieurs optionnelles (CCP, art. R. 2113-4)."""
    tranches = projet.achat.execution.tranches
    fermes = [tranche for tranche in tranches if tranche.ferme]
    if tranches and len(fermes) != 1:
        yield Ecart(
            quoi="Un marché à tranches a une tranche ferme, et une seule.",
            trouve=(
                f"{len(fermes)} tranche{'s' if len(fermes) > 1 else ''} "
                f"ferme{'s' if len(fermes) > 1 else ''}"
            ),
            attendu="une tranche ferme",
            remede="Dites laquelle vous exécutez à coup sûr.",
        )
    if fermes and len(fermes) == len(tranches):
        yield Ecart(
            quoi="Le marché a une tranche ferme, et aucune tranche optionnelle.",
            remede="Ajoutez une tranche optionnelle, ou effacez les tranches.",
            gravite=Gravite.AVERTISSEMENT,
        )


def _contenu_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    execution = projet.achat.execution
    yield from _accord(
        reglement,
        "tranches",
        "des tranches",
        prevu=bool(execution.tranches),
        champ="execution.tranches",
    )
    yield from _accord(
        reglement,
        "prestations supplémentaires",
        "des prestations supplémentaires éventuelles",
        prevu=bool(execution.prestations_supplementaires),
        champ="execution.prestations_supplementaires",
    )


def _groupement(projet: Projet) -> Reponses:
    """Des acheteurs, une convention signée, un coordonnateur (CCP, art. L. 2113-6 et L. 2113-7)."""
    groupement = projet.achat.groupement_de_commandes
    if groupement is None:
        return
    if not groupement.membres:
        yield Ecart(
            quoi="Le groupement de commandes n'a pas de membres.",
            champ="groupement_de_commandes.membres",
            remede="Nommez les autres acheteurs, ou effacez le groupement.",
        )
    if not groupement.convention.strip():
        yield Ecart(
            quoi="La convention du groupement de commandes n'est pas citée.",
            champ="groupement_de_commandes.convention",
            attendu="la convention signée par tous les membres",
            remede="Donnez sa date. Sans convention, le groupement n'existe pas encore.",
        )
    if plier(groupement.coordonnateur) != plier(projet.achat.acheteur.nom):
        yield Ecart(
            quoi="Le coordonnateur n'est pas l'organisme qui publie.",
            champ="groupement_de_commandes.coordonnateur",
            trouve=groupement.coordonnateur,
            attendu=projet.achat.acheteur.nom,
            remede="Publiez depuis l'organisme coordonnateur, ou corrigez son nom.",
            doute="Le même organisme peut s'écrire de deux façons.",
        )


def _groupement_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    yield from _accord(
        reglement,
        "groupement de commandes",
        "un groupement de commandes",
        prevu=projet.achat.groupement_de_commandes is not None,
        champ="groupement_de_commandes",
    )


def _accord(reglement: Reglement, sujet: Sujet, quoi: str, *, prevu: bool, champ: str) -> Reponses:
    """Le règlement annonce ce que la consultation prévoit, et rien d'autre."""
    mentions = list(_affirmees(reglement, sujet))
    if prevu and not mentions:
        yield absence(
            f"La consultation prévoit {quoi}, et le règlement n'en parle pas.",
            remede="Annoncez-le.",
            champ=champ,
        )
    if not prevu and mentions:
        yield Ecart(
            quoi=f"Le règlement annonce {quoi} que la consultation ne prévoit pas.",
            champ=champ,
            ou=mentions[0],
            remede="Dites-le dans la consultation, ou ôtez la phrase.",
            doute=_AUTREMENT,
        )


def _affirmees(reglement: Reglement, sujet: Sujet) -> Iterator[Trouvaille[Mention]]:
    """Les phrases qui le disent sans le nier ; un titre annonce le sujet, il n'en dit rien."""
    return (m for m in reglement.mentions(sujet) if not m.valeur.niee and not m.valeur.est_un_titre)


FONCTIONS = {
    "PUB-14": Fonctions(projet=_prix, comparaison=_prix_du_texte),
    "PUB-15": Fonctions(projet=_tranches, comparaison=_contenu_du_texte),
    "PUB-16": Fonctions(projet=_groupement, comparaison=_groupement_du_texte),
}
