"""Un achat se lit strictement, s'écrit sans rien perdre, et dit en français ce qui ne va pas."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from droit.achat import (
    Achat,
    AchatIllisible,
    Acheteur,
    Allotissement,
    Critere,
    Dates,
    Lot,
    Publicite,
    SousCritere,
    ecrire,
    lire,
)

MINIMAL = (
    '{"reference": "2026-1", "titre": "t", "objet": "o", "prestation": "travaux", "acheteur": '
    '{"nom": "n", "siret": "1"}'
)


def achat() -> Achat:
    limite = datetime(2026, 12, 15, 11, 0, tzinfo=UTC)
    return Achat(
        reference="2026-1",
        titre="Toiture de l'école",
        objet="Réfection de la toiture",
        acheteur=Acheteur(nom="Commune de Bomy", siret="21620152000013"),
        prestation="travaux",
        valeur_estimee=Decimal("84500.50"),
        dates=Dates(limite=limite),
        publicite=Publicite(supports=("BOAMP",), limites_annoncees={"BOAMP": limite}),
        allotissement=Allotissement(
            lots=(Lot(numero=1, intitule="Couverture", montant_estime=Decimal("60000.00")),)
        ),
        criteres=(
            Critere(nom="Prix", sorte="prix", poids=Decimal(60)),
            Critere(
                nom="Technique",
                sorte="technique",
                poids=Decimal(40),
                sous_criteres=(SousCritere(nom="Méthode", poids=Decimal(40)),),
            ),
        ),
    )


def test_ce_qui_est_ecrit_se_relit_a_l_identique():
    assert lire(ecrire(achat())) == achat()


def test_un_montant_reste_exact():
    assert '"84500.50"' in ecrire(achat())


@pytest.mark.parametrize(
    "suite,phrase",
    [
        (', "prix": 3}', "« prix » : ce champ n'est pas connu. Vérifiez son orthographe."),
        (', "dates": {"limite": "demain"}}', "« dates.limite » : « demain » n'est pas une date."),
        (
            ', "contrat": "devis"}',
            "« contrat » : la valeur « devis » n'est pas dans la liste : 'marché'",
        ),
        ("", "« fichier » : le fichier n'est pas du JSON lisible."),
    ],
)
def test_une_fiche_fautive_dit_le_champ_et_la_faute(suite, phrase):
    with pytest.raises(AchatIllisible) as refus:
        lire(MINIMAL + suite)

    assert phrase in str(refus.value)


def test_un_champ_absent_est_nomme():
    with pytest.raises(AchatIllisible, match="« objet » : ce champ manque"):
        lire('{"reference": "2026-1"}')


def test_un_lot_sans_criteres_prend_ceux_de_l_achat():
    assert achat().criteres_du_lot(1) == achat().criteres


def test_un_achat_garde_avant_les_particularites_se_relit():
    """Un achat gelé à la publication ne connaît pas les champs venus après lui."""
    ancien = json.loads(ecrire(achat()))
    for nouveau in ("indemnite_des_tranches", "variation_de_prix", "clause_de_prix"):
        del ancien["execution"][nouveau]

    assert lire(json.dumps(ancien)) == achat()


@pytest.mark.parametrize(
    "champ,dit,faute",
    [
        (
            "execution",
            {"variation_de_prix": "souple"},
            "« execution.variation_de_prix » : la valeur « souple »",
        ),
        (
            "execution",
            {"tranches": [{"nom": "A"}]},
            "« execution.tranches.0.intitule » : ce champ manque.",
        ),
        (
            "groupement_de_commandes",
            {"coordonnateur": "A", "chef": "B"},
            "« groupement_de_commandes.chef » : ce champ n'est pas connu.",
        ),
    ],
)
def test_une_particularite_mal_ecrite_est_refusee_et_nommee(champ, dit, faute):
    fiche = json.loads(ecrire(achat()))
    fiche[champ] = {**(fiche[champ] or {}), **dit}

    with pytest.raises(AchatIllisible) as refus:
        lire(json.dumps(fiche))

    assert faute in str(refus.value)
