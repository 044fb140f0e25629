"""La négociation, et la procédure que le règlement nomme : RC-32 et RC-33."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import PAS_TROUVE, absence, affirme, dit
from beffroi.achat.relectures.rules.reperage import est_niee, plier

_NOM_FORMALISE = re.compile(
    r"\bappels?\s+d'offres\s+(?:ouverts?|restreints?)"
    r"|\bprocedure\s+(?:concurrentielle\s+)?(?:avec\s+negociation|formalisee)"
    r"|\bdialogue\s+competitif"
)
_PASSATION = re.compile(
    r"\bprocedure\b|\bpasse\w*|\bpassation|\blance\w*|\bconsultation\b|\bmarche\b|\bpresent\w*"
    r"|\ben\s+application"
)
# L. 2124-1 donne les seuils, que toute procédure peut citer ;
# L. 2124-2 à L. 2124-4 définissent les trois procédures.
_ARTICLES_FORMALISES = re.compile(
    r"^(?:L\. 2124-[2-4]|R\. (?:2124-[1-6]|2161-(?:[2-9]|1\d|2\d|3[01])))$"
)
_RESERVE_DE_NEGOCIER = re.compile(
    r"\bpeu\w+|\bpourra\w*|\breserve\w*|\bengag\w+|\bnegociera|\bseront?\s+negoci\w+|\best\s+prevue"
)
_SANS_NEGOCIER = re.compile(r"\bsans\s+negoci\w+|\boffres?\s+initiales?")
_PHASES_QUI_ELIMINENT = re.compile(
    r"\belimin\w+|\bsuccessi\w+|\breduir\w*|\breduction|\bdeux\s+(?:phases|tours)|\bplusieurs\s+"
    r"(?:phases|tours)"
)
_PHASES = re.compile(r"\bphases?\b|\btours?\b|\bsuccessi\w+|\breduir\w*")


def _negociation_du_projet(projet: Projet) -> Reponses:
    negociation, regle = projet.achat.offre.negociation, projet.procedure.negociation
    if negociation.prevue and regle == "interdite":
        yield Ecart(
            quoi=(
                f"La négociation est prévue ; en {projet.procedure.libelle.lower()}, "
                "elle est interdite."
            ),
            champ="offre.negociation.prevue",
            attendu="aucune négociation",
            remede="Ôtez la négociation, ou changez de procédure.",
        )
    elif negociation.prevue and not negociation.attribution_sans_negociation:
        yield Ecart(
            quoi="Vous ne vous réservez pas d'attribuer sans négocier : il faudra négocier.",
            champ="offre.negociation.attribution_sans_negociation",
            attendu="la faculté d'attribuer sur les offres initiales, si vous la voulez",
            remede="Cochez cette faculté si vous voulez la garder.",
            gravite=Gravite.AVERTISSEMENT,
        )
    if projet.achat.procedure == "procedure_avec_negociation" and not negociation.prevue:
        yield Ecart(
            quoi="La procédure est négociée, et aucune négociation n'est prévue.",
            champ="offre.negociation.prevue",
            attendu="la négociation et ses phases",
            remede="Prévoyez la négociation, ou choisissez un appel d'offres.",
        )


def _negociation_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    affirmees = [
        mention
        for mention in reglement.mentions("négociation")
        if not mention.valeur.niee and _RESERVE_DE_NEGOCIER.search(plier(mention.phrase))
    ]
    if projet.procedure.negociation == "interdite":
        for mention in affirmees:
            yield Ecart(
                quoi="Le règlement prévoit une négociation que la procédure interdit.",
                ou=mention,
                attendu="aucune négociation",
                remede="Ôtez cette phrase.",
            )
        return
    prevue = projet.achat.offre.negociation.prevue
    if prevue and not reglement.mentions("négociation"):
        yield Ecart(
            quoi="La négociation est prévue, et le règlement n'en parle pas.",
            champ="offre.negociation.prevue",
            attendu="la négociation, et la faculté de s'en passer",
            remede="Ajoutez-la au règlement : elle doit y être annoncée.",
            doute=PAS_TROUVE,
            absence=True,
        )
    elif prevue:
        yield from _comment_negocier(projet, reglement)
    elif affirmees:
        yield Ecart(
            quoi="Le règlement prévoit une négociation ; la consultation n'en prévoit pas.",
            champ="offre.negociation.prevue",
            ou=affirmees[0],
            attendu="la même chose partout",
            remede="Prévoyez-la aussi dans la consultation, ou ôtez-la du règlement.",
            gravite=Gravite.AVERTISSEMENT,
        )


def _comment_negocier(projet: Projet, reglement: Reglement) -> Reponses:
    """Attribuer sans négocier, éliminer par phases :
    cela s'annonce (CCP, art. R. 2123-5, R. 2161-17 et R. 2161-18).
    """
    negociation, sans = projet.achat.offre.negociation, reglement.mentions("sans négociation")
    niees = [
        m
        for m in reglement.mentions("négociation")
        if m.valeur.niee and not _SANS_NEGOCIER.search(plier(m.phrase))
    ]
    if niees and not any(not m.valeur.niee for m in reglement.mentions("négociation")):
        yield Ecart(
            quoi="Le règlement exclut la négociation ; la consultation la prévoit.",
            champ="offre.negociation.prevue",
            ou=niees[0],
            attendu="la négociation annoncée",
            remede="Annoncez-la dans le règlement, ou ôtez-la de la consultation.",
        )
    elif negociation.attribution_sans_negociation and not sans:
        yield absence(
            "Le règlement ne dit pas que vous pouvez attribuer sans négocier : il faudra négocier.",
            champ="offre.negociation.attribution_sans_negociation",
            attendu="la faculté d'attribuer sur les offres initiales",
            remede="Ajoutez cette faculté au règlement, ou ôtez-la de la consultation.",
        )
    elif sans and not negociation.attribution_sans_negociation and not sans[0].valeur.niee:
        yield Ecart(
            quoi=(
                "Le règlement permet d'attribuer sans négocier ; la consultation ne le prévoit pas."
            ),
            champ="offre.negociation.attribution_sans_negociation",
            ou=sans[0],
            attendu="la même chose partout",
            remede="Cochez cette faculté dans la consultation, ou ôtez-la du règlement.",
            gravite=Gravite.AVERTISSEMENT,
        )
    if _PHASES_QUI_ELIMINENT.search(plier(negociation.phases)) and not dit(reglement, _PHASES):
        yield absence(
            "La négociation élimine par phases, et le règlement n'annonce pas de phases.",
            champ="offre.negociation.phases",
            attendu=negociation.phases,
            remede="Annoncez les phases et ce qui fait passer de l'une à l'autre.",
        )


def _procedure_nommee(projet: Projet, reglement: Reglement) -> Reponses:
    """Nommer une procédure formalisée oblige à la suivre entière (CCP, art. R. 2123-6)."""
    if projet.formalisee or projet.achat.est_une_concession:
        return
    for article in reglement.articles:
        if (
            article.valeur.texte in {"CCP", ""}
            and _ARTICLES_FORMALISES.match(article.valeur.numero)
            and not est_niee(article.phrase)
            and not (article.valeur.numero == "R. 2124-1" and "seuil" in plier(article.phrase))
        ):
            yield Ecart(
                quoi="Le règlement cite un article d'une procédure formalisée.",
                ou=article,
                attendu="les articles de la procédure adaptée : R. 2123-1 à R. 2123-7",
                remede="Remplacez cet article, sinon cette procédure s'imposera entièrement.",
                doute="Le code n'est pas nommé à côté de cet article."
                if not article.valeur.texte
                else "",
            )
    for phrase in affirme(reglement, _NOM_FORMALISE, _PASSATION):
        yield Ecart(
            quoi="Le règlement nomme une procédure formalisée.",
            ou=phrase,
            attendu=projet.procedure.libelle.lower(),
            remede="Nommez la procédure adaptée, sinon l'autre s'imposera entièrement.",
            doute=""
            if re.search(r"\bpasse\w*|\blance\w*|\bla\s+procedure\b", phrase.valeur)
            else PAS_SUR,
        )


PAS_SUR = "La phrase peut citer cette procédure sans la suivre."

FONCTIONS = {
    "RC-32": Fonctions(projet=_negociation_du_projet, comparaison=_negociation_du_texte),
    "RC-33": Fonctions(comparaison=_procedure_nommee),
}
