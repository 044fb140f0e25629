"""Devant quel tribunal, et dans quels délais."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import Blocs, chapitre, dire, enumerer
from beffroi.achat.redaction.faits import Faits
from droit import tribunaux
from droit.citation import Article
from formats.document import Chapitre, Phrase, a_completer, cite, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre("Les recours", tribunal(faits), delais(faits))


def tribunal(faits: Faits) -> Blocs:
    """Celui que l'acheteur a dit, sinon celui du département de l'acheteur (CJA, art. R. 221-3)."""
    acheteur = faits.achat.acheteur
    competent = tribunaux.competent(faits.droit, acheteur.code_postal)
    nom = acheteur.tribunal or (competent.nom if competent else "")
    contact = acheteur.contact_du_tribunal or (
        competent.greffe if competent and nom == competent.nom else ""
    )
    dit: Phrase = (
        phrase(nom)
        if nom
        else phrase(a_completer("acheteur.tribunal", "le tribunal administratif"))
    )
    greffe = (
        phrase(mots.phrase_finie(contact))
        if contact
        else phrase(
            a_completer("acheteur.contact_du_tribunal", "l'adresse et le téléphone du tribunal"),
            ".",
        )
    )
    return (
        dire("Le tribunal compétent est le ", dit, ".", selon=(Article("CJA", "R. 221-3"),)),
        dire("Pour le joindre, ou demander un renseignement sur les recours : ", greffe),
    )


def delais(faits: Faits) -> Blocs:
    entite = faits.achat.acheteur.type_d_acheteur == "entité adjudicatrice"
    return (
        dire("Vous pouvez former ces recours :"),
        enumerer(
            (
                phrase(
                    f"le référé précontractuel, jusqu'à la signature {faits.du_contrat} ;",
                    cite(Article("CJA", "L. 551-5" if entite else "L. 551-1")),
                ),
                refere_contractuel(faits),
                validite(faits),
            )
        ),
    )


def refere_contractuel(faits: Faits) -> Phrase:
    """Trente et un jours après un avis d'attribution au JOUE, quelle que soit la
    procédure ; six mois sans cet avis.

    Seule une procédure formalisée doit cet avis ;
    une autre peut le publier, et le délai court alors de lui.
    """
    avec = faits.droit.valeur("recours.refere_contractuel.apres_avis")
    sans = faits.droit.valeur("recours.refere_contractuel.sans_avis")
    apres_avis = f"dans les {avec.entier} jours qui suivent l'avis d'attribution publié au JOUE"
    sans_avis = f"dans les {sans.entier} mois qui suivent la signature"
    delai = (
        f"{apres_avis}. Sans cet avis, {sans_avis} ;"
        if faits.est_formalisee
        else f"{sans_avis}, ou {apres_avis} si l'acheteur en publie un ;"
    )
    return phrase(
        f"le référé contractuel, {delai}",
        cite(Article("CJA", "L. 551-13"), sans.article),
    )


def validite(faits: Faits) -> Phrase:
    recours = faits.droit.valeur("recours.validite_du_contrat")
    return phrase(
        f"le recours en contestation de la validité {faits.du_contrat}, "
        f"dans les {recours.entier} mois qui suivent "
        "la publicité de sa conclusion.",
        cite(recours.article),
    )
