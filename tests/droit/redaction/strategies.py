"""Des achats licites, de toutes les familles servies :
l'outil doit savoir écrire chacun sans écart.
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from beffroi.achat.redaction.tests.achats import (
    ACCORD_CADRE,
    AOO,
    AOR,
    CONCESSION,
    MAPA,
    PROCEDURE_AVEC_NEGOCIATION,
    RESERVE,
)
from droit.achat import (
    Achat,
    Allotissement,
    Candidature,
    CopieDeSauvegarde,
    Critere,
    DocumentHorsProfil,
    GroupementDeCommandes,
    Lot,
    Negociation,
    Offre,
    PrestationSupplementaire,
    Signature,
    SousCritere,
    Tranche,
    Variantes,
)
from formats.dates import PARIS

CHOSES = (
    "Charpente",
    "Couverture",
    "Menuiserie extérieure",
    "Électricité",
    "Peinture",
    "Chauffage",
    "Voirie",
    "Plomberie",
)
CODES = ("45261100-5", "45261210-9", "45421000-4", "45310000-3", "45442100-8", "45331100-7")
QUALITES = (
    "Valeur technique",
    "Délai d'exécution",
    "Organisation proposée",
    "Qualité du service",
    "Accueil des usagers",
)
vrai_ou_faux = st.booleans()


def poids(draw: st.DrawFn, combien: int) -> list[Decimal]:
    """`combien` poids entiers, non nuls, qui font cent."""
    coupes = draw(
        st.lists(st.integers(1, 19), min_size=combien - 1, max_size=combien - 1, unique=True)
    )
    bornes = [0, *(5 * coupe for coupe in sorted(coupes)), 100]
    return [Decimal(haut - bas) for bas, haut in pairwise(bornes)]


@st.composite
def criteres(draw: st.DrawFn) -> tuple[Critere, ...]:
    """Le prix, l'environnement, et jusqu'à trois autres ;
    le premier peut avoir deux sous-critères.
    """
    noms = draw(st.lists(st.sampled_from(QUALITES), min_size=1, max_size=3, unique=True))
    prix, vert, *autres = poids(draw, len(noms) + 2)
    techniques = [
        Critere(nom=nom, sorte="technique", poids=part)
        for nom, part in zip(noms, autres, strict=True)
    ]
    if draw(vrai_ou_faux) and autres[0] >= 10:
        parts = (
            SousCritere(nom="Moyens", poids=autres[0] - 5),
            SousCritere(nom="Planning", poids=Decimal(5)),
        )
        techniques[0] = replace(techniques[0], sous_criteres=parts)
    return (
        Critere(nom="Prix", sorte="prix", poids=prix),
        *techniques,
        Critere(nom="Performance environnementale", sorte="environnement", poids=vert),
    )


@st.composite
def allotissements(draw: st.DrawFn) -> Allotissement:
    noms = draw(st.lists(st.sampled_from(CHOSES), max_size=5, unique=True))
    if len(noms) < 2:
        return Allotissement(motif_sans_lot="une seule équipe doit intervenir")
    lots = tuple(
        Lot(
            numero=numero,
            intitule=nom,
            code_cpv=draw(st.sampled_from(CODES)),
            montant_estime=Decimal(20_000),
            description=draw(st.sampled_from(("", "Fourniture et pose."))),
            reserve_a=draw(st.sampled_from(("", "", "entreprises adaptées et ESAT"))),
        )
        for numero, nom in enumerate(noms, start=1)
    )
    attribues = draw(st.one_of(st.none(), st.integers(1, len(lots))))
    return Allotissement(
        lots=lots,
        maximum_de_lots_soumis=draw(st.one_of(st.none(), st.integers(1, len(lots)))),
        maximum_de_lots_attribues=attribues,
        regle_si_plus_de_lots_gagnes="le lot le plus important d'abord" if attribues else "",
    )


def candidatures(achat: Achat, draw: st.DrawFn) -> Candidature:
    forme = draw(st.sampled_from(("", "solidaire", "conjoint")))
    return replace(
        achat.candidature,
        dume_simplifie=draw(vrai_ou_faux),
        cumul_de_candidatures_interdit=draw(vrai_ou_faux),
        forme_de_groupement=forme,
        motif_de_la_forme="les équipes travaillent ensemble" if forme else "",
        reserve_a=draw(st.sampled_from(("", "entreprises adaptées et ESAT"))),
    )


def offres(achat: Achat, draw: st.DrawFn) -> Offre:
    regime = draw(st.sampled_from(("interdites", "autorisées", "exigées")))
    negociation = Negociation()
    if not achat.procedure.startswith("appel_offres"):
        impose = achat.procedure == "procedure_avec_negociation"
        negociation = Negociation(
            prevue=impose or draw(vrai_ou_faux), attribution_sans_negociation=draw(vrai_ou_faux)
        )
    if not negociation.prevue:
        negociation = Negociation()
    visite = draw(st.sampled_from(("", "le mardi 15 décembre 2026, sur rendez-vous")))
    return replace(
        achat.offre,
        validite_en_jours=draw(st.sampled_from((90, 120, 180))),
        variantes=Variantes(
            regime=regime,
            exigences_minimales="" if regime == "interdites" else "mêmes performances",
        ),
        negociation=negociation,
        visite=visite,
        visite_obligatoire=bool(visite) and draw(vrai_ou_faux),
        echantillons=draw(st.sampled_from(("", "une tuile, à remettre en mairie"))),
    )


def limites(draw: st.DrawFn) -> datetime:
    jour = draw(st.sampled_from((12, 13, 14, 19, 20, 21, 26)))
    return datetime(
        2027,
        1,
        jour,
        draw(st.sampled_from((11, 14, 16))),
        draw(st.sampled_from((0, 30))),
        tzinfo=PARIS,
    )


@st.composite
def achats(draw: st.DrawFn) -> Achat:
    """Un achat entier et licite.

    Les textes reçus sont simples : ce que l'acheteur écrit n'est pas l'affaire de l'outil.
    """
    familles = (MAPA, AOO, ACCORD_CADRE, CONCESSION, AOR, PROCEDURE_AVEC_NEGOCIATION, RESERVE)
    base: Achat = draw(st.sampled_from(familles))
    signee = draw(vrai_ou_faux)
    hors_profil = DocumentHorsProfil(
        intitule="Plans des réseaux",
        raison="elle est trop lourde",
        moyen_d_acces="un lien est donné sur la plateforme",
    )
    copie: CopieDeSauvegarde = replace(
        base.copie_de_sauvegarde,
        electronique=draw(st.sampled_from(("", "coffre https://copies.example/"))),
    )
    return replace(
        base,
        titre=draw(st.sampled_from(CHOSES)),
        criteres=draw(criteres()),
        allotissement=draw(allotissements()),
        candidature=candidatures(base, draw),
        offre=offres(base, draw),
        dates=replace(base.dates, limite=limites(draw)),
        signature=Signature(
            exigee_au_depot=signee, justification="un cofinanceur la demande" if signee else ""
        ),
        copie_de_sauvegarde=copie,
        documents_hors_profil=(hors_profil,) if draw(vrai_ou_faux) else (),
        execution=replace(
            base.execution,
            tranches=draw(
                st.sampled_from(
                    ((), (Tranche(intitule="Nord", ferme=True), Tranche(intitule="Sud")))
                )
            ),
            prestations_supplementaires=draw(
                st.sampled_from(((), (PrestationSupplementaire(intitule="Gouttières"),)))
            ),
            prestations_similaires=not base.est_une_concession and draw(vrai_ou_faux),
            indemnite_des_tranches=draw(st.sampled_from(("", "deux pour cent de la tranche"))),
            forme_de_prix=draw(st.sampled_from(("forfaitaire", "unitaire", "mixte"))),
            **evolution_du_prix(draw),
        ),
        groupement_de_commandes=draw(st.sampled_from((None, groupement(base)))),
    )


def evolution_du_prix(draw: st.DrawFn) -> dict[str, str]:
    """Un prix de travaux est actualisable (R. 2112-10) ;
    un prix révisable dit comment (R. 2112-13).
    """
    variation = draw(st.sampled_from(("ferme actualisable", "révisable")))
    return {
        "variation_de_prix": variation,
        "clause_de_prix": "Index BT01, chaque mois." if variation == "révisable" else "",
    }


def groupement(achat: Achat) -> GroupementDeCommandes:
    return GroupementDeCommandes(
        coordonnateur=achat.acheteur.nom,
        membres=("Commune de Coyecques",),
        convention="Convention du 3 mars 2026",
    )
