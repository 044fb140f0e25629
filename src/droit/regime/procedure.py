"""La procédure proposée, et celles que l'on peut suivre à la place (CCP,
art. R. 2122-8, R. 2123-1, R. 2124-1 et suivants).
"""

from droit.citation import Article, Document, Source
from droit.en_vigueur import Droit, Valeur
from droit.phrases import en_clair
from droit.regime import concours, seuils
from droit.regime.besoin import Besoin
from droit.regime.proposition import Alternative, Choix
from droit.regime.raison import Raison, selon, selon_le_texte
from droit.regime.valeur_du_besoin import ValeurDuBesoin
from droit.tables import ConfianceDansLaSource, Procedure

REFERENCE_A_UNE_PROCEDURE_FORMALISEE = Article("CCP", "R. 2123-6")
BON_USAGE = Article("CCP", "R. 2122-8")
QUESTION = "Quelle procédure suivre ?"
_RESTREINTE = Article("CCP", "R. 2123-4")
_APPEL_D_OFFRES = Article("CCP", "R. 2124-2")
_CAS_DE_NEGOCIATION = Article("CCP", "R. 2124-3")
_NEGOCIATION_LIBRE = Article("CCP", "R. 2124-4")
_DIALOGUE = Article("CCP", "R. 2124-5")
_ALLEGEES = Article("CCP", "R. 3126-1")


def procedure_proposee(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix:
    """La moins lourde des procédures permises, sauf quand le code en impose une."""
    if besoin.est_une_concession:
        return _de_concession(besoin, droit, valeur)
    if seuils.est_dispense(besoin, droit, valeur):
        return _sans_publicite(besoin, droit)
    if not seuils.est_formalise(besoin, droit, valeur):
        return _adaptee(besoin, droit, valeur)
    if besoin.contrat == "défense ou sécurité":
        return _de_defense(besoin, droit)
    if besoin.maitrise_d_oeuvre:
        return concours.procedure_de_maitrise_d_oeuvre(
            besoin, droit, seuil=seuils.seuil_formalise(besoin, droit)
        )
    return _formalisee(besoin, droit)


def _sans_publicite(besoin: Besoin, droit: Droit) -> Choix:
    seuil = seuils.seuil_de_dispense(besoin, droit)
    assert isinstance(seuil, Valeur)
    ligne = droit.procedure("sans_publicite")
    return _choix(
        ligne,
        selon(seuil, f"Le besoin est inférieur à {en_clair(seuil.valeur, seuil.unite)}."),
        selon_le_texte(
            "Choisissez une offre pertinente et n'appelez pas toujours la même entreprise.",
            BON_USAGE,
        ),
        alternatives=(
            _autre(
                droit,
                "procedure_adaptee_ouverte",
                "Vous mettez en concurrence sans y être tenu.",
                ligne.article,
            ),
        ),
    )


def _adaptee(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix:
    ligne = droit.procedure("procedure_adaptee_ouverte")
    if besoin.services_sociaux_ou_specifiques:
        cause = selon_le_texte(
            "Des services sociaux ou spécifiques : procédure adaptée, quel que soit le montant.",
            Article("CCP", "R. 2123-1, 3°"),
        )
    else:
        seuil = seuils.seuil_formalise(besoin, droit)
        texte = (
            f"Le besoin est inférieur à {en_clair(seuil.valeur, seuil.unite)}, "
            "seuil des procédures formalisées."
        )
        cause = selon(seuil, texte)
    return _choix(
        ligne,
        cause,
        alternatives=(
            _autre(
                droit,
                "procedure_adaptee_restreinte",
                "Deux temps : candidatures, puis offres des admis.",
                _RESTREINTE,
            ),
            _autre(
                droit,
                "appel_offres_ouvert",
                "La nommer oblige à la suivre entièrement, délais et avis européens compris.",
                REFERENCE_A_UNE_PROCEDURE_FORMALISEE,
            ),
            *_dispenses(besoin, droit, valeur),
        ),
    )


def _dispenses(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> tuple[Alternative, ...]:
    """Ce que l'objet de l'achat dispense encore,
    sous un montant (CCP, art. R. 2122-9 et R. 2122-9-1).
    """
    if besoin.contrat == "défense ou sécurité":
        return ()
    cas = [("seuil.dispense.innovation", "Seulement pour un achat innovant")]
    if besoin.prestation == "fournitures":
        cas.insert(
            0, ("seuil.dispense.livres", "Seulement pour des livres qui ne sont pas scolaires")
        )
    ligne = droit.procedure("sans_publicite")
    return tuple(
        Alternative(
            valeurs=(ligne.cle,),
            libelle=ligne.libelle,
            consequence=selon(lue, f"{texte}, de moins de {en_clair(lue.valeur, lue.unite)}."),
        )
        for cle, texte in cas
        if isinstance(lue := seuils.lue(droit, cle), Valeur) and not valeur.atteint(lue.entier)
    )


def _formalisee(besoin: Besoin, droit: Droit) -> Choix:
    seuil = seuils.seuil_formalise(besoin, droit)
    libre = besoin.type_d_acheteur == "entité adjudicatrice"
    return _choix(
        droit.procedure("appel_offres_ouvert"),
        selon(
            seuil,
            (
                f"Le besoin atteint {en_clair(seuil.valeur, seuil.unite)}, "
                "seuil des procédures formalisées."
            ),
        ),
        alternatives=(
            _autre(
                droit,
                "appel_offres_restreint",
                "Deux temps ; au moins cinq candidats si vous limitez.",
                _APPEL_D_OFFRES,
            ),
            _autre(
                droit,
                "procedure_avec_negociation",
                "Vous la choisissez librement."
                if libre
                else "Seulement dans un des six cas du code : dites lequel.",
                _NEGOCIATION_LIBRE if libre else _CAS_DE_NEGOCIATION,
            ),
            _autre(
                droit,
                "dialogue_competitif",
                "Vous le choisissez librement."
                if libre
                else "Seulement dans les cas de la procédure avec négociation.",
                Article("CCP", "R. 2124-6") if libre else _DIALOGUE,
            ),
        ),
    )


def _de_defense(besoin: Besoin, droit: Droit) -> Choix:
    """Au-dessus du seuil, deux temps :
    la directive sur la défense ne connaît pas d'appel d'offres ouvert.
    """
    seuil = seuils.seuil_formalise(besoin, droit)
    texte = (
        f"Le besoin atteint {en_clair(seuil.valeur, seuil.unite)}, "
        "seuil des procédures formalisées."
    )
    deux_temps = selon_le_texte(
        "L'appel d'offres ouvert n'existe pas pour la défense.",
        Document("Directive 2009/81/CE, art. 25"),
        confiance=ConfianceDansLaSource.SAVOIR,
    )
    return _choix(droit.procedure("appel_offres_restreint"), selon(seuil, texte), deux_temps)


def _de_concession(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix:
    seuil = seuils.seuil_formalise(besoin, droit)
    if besoin.services_sociaux_ou_specifiques:
        return _choix(
            droit.procedure("concession_sous_le_seuil"),
            selon_le_texte(
                "Un service spécifique : règles allégées, quel que soit le montant.", _ALLEGEES
            ),
        )
    if valeur.atteint(seuil.entier):
        texte = f"La concession atteint {en_clair(seuil.valeur, seuil.unite)} : règles complètes."
        return _choix(droit.procedure("concession_au_dessus_du_seuil"), selon(seuil, texte))
    return _choix(
        droit.procedure("concession_sous_le_seuil"),
        selon(
            seuil,
            f"La concession vaut moins de {en_clair(seuil.valeur, seuil.unite)} : règles allégées.",
        ),
        alternatives=(
            _autre(
                droit,
                "concession_au_dessus_du_seuil",
                "Vous suivez des règles plus lourdes que celles que le code demande.",
                _ALLEGEES,
            ),
        ),
    )


def _choix(
    ligne: Procedure, *pourquoi: Raison, alternatives: tuple[Alternative, ...] = ()
) -> Choix:
    return Choix(
        cle="procedure",
        question=QUESTION,
        valeurs=(ligne.cle,),
        libelle=ligne.libelle,
        pourquoi=pourquoi,
        alternatives=alternatives,
        champ="procedure",
    )


def _autre(droit: Droit, cle: str, consequence: str, source: Source) -> Alternative:
    ligne = droit.procedure(cle)
    return Alternative(
        valeurs=(cle,), libelle=ligne.libelle, consequence=selon_le_texte(consequence, source)
    )
