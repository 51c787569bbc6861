/// Codes and descriptions of ICD-10-CM, infections to the circulation, the commonest first.
extension DiagnosisCatalogue {
  static let infections = """
    A41.9|Sepsis, unspecified organism
    B34.9|Viral infection, unspecified
    A08.4|Viral intestinal infection, unspecified
    A49.9|Bacterial infection, unspecified
    B37.0|Candidal stomatitis
    A09|Infectious gastroenteritis and colitis, unspecified
    B02.9|Zoster without complications
    A46|Erysipelas
    A41.51|Sepsis due to Escherichia coli [E. coli]
    A40.3|Sepsis due to Streptococcus pneumoniae
    B95.62|Methicillin resistant Staphylococcus aureus infection as the cause of diseases classified elsewhere
    A41.01|Sepsis due to Methicillin susceptible Staphylococcus aureus
    A41.02|Sepsis due to Methicillin resistant Staphylococcus aureus
    B18.2|Chronic viral hepatitis C
    A15.0|Tuberculosis of lung
    A69.20|Lyme disease, unspecified
    B00.9|Herpesviral infection, unspecified
    B20|Human immunodeficiency virus [HIV] disease
    B27.90|Infectious mononucleosis, unspecified without complication
    A02.0|Salmonella enteritis
    A04.5|Campylobacter enteritis
    A37.90|Whooping cough, unspecified species without pneumonia
    A48.1|Legionnaires' disease
    A53.9|Syphilis, unspecified
    B01.9|Varicella without complication
    B05.9|Measles without complication
    B15.9|Hepatitis A without hepatic coma
    B16.9|Acute hepatitis B without delta-agent and without hepatic coma
    B17.10|Acute hepatitis C without hepatic coma
    B25.9|Cytomegaloviral disease, unspecified
    B35.1|Tinea unguium
    B44.9|Aspergillosis, unspecified
    B50.9|Plasmodium falciparum malaria, unspecified
    B86|Scabies
    A39.0|Meningococcal meningitis
    A87.9|Viral meningitis, unspecified
    B08.4|Enteroviral vesicular stomatitis with exanthem
    B26.9|Mumps without complication
    A77.40|Ehrlichiosis, unspecified
    B59|Pneumocystosis
    B97.4|Respiratory syncytial virus as the cause of diseases classified elsewhere
    A31.0|Pulmonary mycobacterial infection
    B45.1|Cerebral cryptococcosis
    A27.9|Leptospirosis, unspecified
    A28.1|Cat-scratch disease
    """

  static let neoplasms = """
    C34.90|Malignant neoplasm of unspecified part of unspecified bronchus or lung
    C18.9|Malignant neoplasm of colon, unspecified
    C20|Malignant neoplasm of rectum
    C25.9|Malignant neoplasm of pancreas, unspecified
    C78.7|Secondary malignant neoplasm of liver and intrahepatic bile duct
    C79.51|Secondary malignant neoplasm of bone
    C90.00|Multiple myeloma not having achieved remission
    C83.30|Diffuse large B-cell lymphoma, unspecified site
    C43.9|Malignant melanoma of skin, unspecified
    C64.9|Malignant neoplasm of unspecified kidney, except renal pelvis
    C67.9|Malignant neoplasm of bladder, unspecified
    C71.9|Malignant neoplasm of brain, unspecified
    C73|Malignant neoplasm of thyroid gland
    C22.0|Liver cell carcinoma
    C16.9|Malignant neoplasm of stomach, unspecified
    C15.9|Malignant neoplasm of esophagus, unspecified
    C91.10|Chronic lymphocytic leukemia of B-cell type not having achieved remission
    C92.00|Acute myeloblastic leukemia, not having achieved remission
    C91.00|Acute lymphoblastic leukemia not having achieved remission
    C81.90|Hodgkin lymphoma, unspecified, unspecified site
    C85.90|Non-Hodgkin lymphoma, unspecified, unspecified site
    C79.31|Secondary malignant neoplasm of brain
    C78.00|Secondary malignant neoplasm of unspecified lung
    C77.9|Secondary and unspecified malignant neoplasm of lymph node, unspecified
    C80.1|Malignant (primary) neoplasm, unspecified
    C32.9|Malignant neoplasm of larynx, unspecified
    C44.91|Basal cell carcinoma of skin, unspecified
    C44.92|Squamous cell carcinoma of skin, unspecified
    C49.9|Malignant neoplasm of connective and soft tissue, unspecified
    C45.0|Mesothelioma of pleura
    C37|Malignant neoplasm of thymus
    C23|Malignant neoplasm of gallbladder
    C17.9|Malignant neoplasm of small intestine, unspecified
    C21.0|Malignant neoplasm of anus, unspecified
    C10.9|Malignant neoplasm of oropharynx, unspecified
    C02.9|Malignant neoplasm of tongue, unspecified
    C07|Malignant neoplasm of parotid gland
    C69.90|Malignant neoplasm of unspecified site of unspecified eye
    C76.0|Malignant neoplasm of head, face and neck
    C7A.8|Other malignant neuroendocrine tumors
    D12.6|Benign neoplasm of colon, unspecified
    D17.9|Benign lipomatous neoplasm, unspecified
    D18.00|Hemangioma unspecified site
    D32.9|Benign neoplasm of meninges, unspecified
    D35.2|Benign neoplasm of pituitary gland
    D47.2|Monoclonal gammopathy
    D46.9|Myelodysplastic syndrome, unspecified
    D45|Polycythemia vera
    D37.4|Neoplasm of uncertain behavior of colon
    D49.9|Neoplasm of unspecified behavior of unspecified site
    """

  static let endocrine = """
    E11.9|Type 2 diabetes mellitus without complications
    E87.1|Hypo-osmolality and hyponatremia
    E11.65|Type 2 diabetes mellitus with hyperglycemia
    E86.0|Dehydration
    E10.10|Type 1 diabetes mellitus with ketoacidosis without coma
    E87.6|Hypokalemia
    E11.621|Type 2 diabetes mellitus with foot ulcer
    E66.01|Morbid (severe) obesity due to excess calories
    E03.9|Hypothyroidism, unspecified
    E11.22|Type 2 diabetes mellitus with diabetic chronic kidney disease
    E10.9|Type 1 diabetes mellitus without complications
    E78.5|Hyperlipidemia, unspecified
    E87.5|Hyperkalemia
    E16.2|Hypoglycemia, unspecified
    E05.90|Thyrotoxicosis, unspecified without thyrotoxic crisis or storm
    E11.40|Type 2 diabetes mellitus with diabetic neuropathy, unspecified
    E10.65|Type 1 diabetes mellitus with hyperglycemia
    E87.2|Acidosis
    E83.42|Hypomagnesemia
    E83.51|Hypocalcemia
    E83.52|Hypercalcemia
    E46|Unspecified protein-calorie malnutrition
    E43|Unspecified severe protein-calorie malnutrition
    E44.0|Moderate protein-calorie malnutrition
    E05.00|Thyrotoxicosis with diffuse goiter without thyrotoxic crisis or storm
    E27.40|Unspecified adrenocortical insufficiency
    E22.2|Syndrome of inappropriate secretion of antidiuretic hormone
    E24.9|Cushing's syndrome, unspecified
    E21.0|Primary hyperparathyroidism
    E23.0|Hypopituitarism
    E23.2|Diabetes insipidus
    E84.0|Cystic fibrosis with pulmonary manifestations
    E84.9|Cystic fibrosis, unspecified
    E88.01|Alpha-1-antitrypsin deficiency
    E70.0|Classical phenylketonuria
    E80.20|Unspecified porphyria
    E83.110|Hereditary hemochromatosis
    E85.9|Amyloidosis, unspecified
    E89.0|Postprocedural hypothyroidism
    E04.2|Nontoxic multinodular goiter
    E06.3|Autoimmune thyroiditis
    E55.9|Vitamin D deficiency, unspecified
    E53.8|Deficiency of other specified B group vitamins
    E51.2|Wernicke's encephalopathy
    E13.9|Other specified diabetes mellitus without complications
    E72.20|Disorder of urea cycle metabolism, unspecified
    """

  static let mental = """
    F10.20|Alcohol dependence, uncomplicated
    F32.9|Major depressive disorder, single episode, unspecified
    F33.2|Major depressive disorder, recurrent severe without psychotic features
    F20.9|Schizophrenia, unspecified
    F41.1|Generalized anxiety disorder
    F10.231|Alcohol dependence with withdrawal delirium
    F31.9|Bipolar disorder, unspecified
    F25.0|Schizoaffective disorder, bipolar type
    F03.90|Unspecified dementia without behavioral disturbance
    F43.20|Adjustment disorder, unspecified
    F05|Delirium due to known physiological condition
    F11.20|Opioid dependence, uncomplicated
    F43.10|Post-traumatic stress disorder, unspecified
    F29|Unspecified psychosis not due to a substance or known physiological condition
    F60.3|Borderline personality disorder
    F50.01|Anorexia nervosa, restricting type
    F10.120|Alcohol abuse with intoxication, uncomplicated
    F14.20|Cocaine dependence, uncomplicated
    F31.2|Bipolar disorder, current episode manic severe with psychotic features
    F32.2|Major depressive disorder, single episode, severe without psychotic features
    F33.1|Major depressive disorder, recurrent, moderate
    F41.0|Panic disorder [episodic paroxysmal anxiety] without agoraphobia
    F42.9|Obsessive-compulsive disorder, unspecified
    F40.10|Social phobia, unspecified
    F44.5|Conversion disorder with seizures or convulsions
    F45.1|Undifferentiated somatoform disorder
    F84.0|Autistic disorder
    F90.9|Attention-deficit hyperactivity disorder, unspecified type
    F91.9|Conduct disorder, unspecified
    F70|Mild intellectual disabilities
    F22|Delusional disorders
    F23|Brief psychotic disorder
    F06.30|Mood disorder due to known physiological condition, unspecified
    F12.20|Cannabis dependence, uncomplicated
    F13.20|Sedative, hypnotic or anxiolytic dependence, uncomplicated
    F15.20|Other stimulant dependence, uncomplicated
    F19.20|Other psychoactive substance dependence, uncomplicated
    F50.2|Bulimia nervosa
    F51.01|Primary insomnia
    F63.9|Impulse disorder, unspecified
    F20.0|Paranoid schizophrenia
    F01.50|Vascular dementia without behavioral disturbance
    F02.80|Dementia in other diseases classified elsewhere without behavioral disturbance
    """

  static let nervous = """
    G40.909|Epilepsy, unspecified, not intractable, without status epilepticus
    G45.9|Transient cerebral ischemic attack, unspecified
    G20|Parkinson's disease
    G30.9|Alzheimer's disease, unspecified
    G35|Multiple sclerosis
    G43.909|Migraine, unspecified, not intractable, without status migrainosus
    G47.33|Obstructive sleep apnea (adult) (pediatric)
    G93.40|Encephalopathy, unspecified
    G61.0|Guillain-Barre syndrome
    G70.00|Myasthenia gravis without (acute) exacerbation
    G40.901|Epilepsy, unspecified, not intractable, with status epilepticus
    G62.9|Polyneuropathy, unspecified
    G51.0|Bell's palsy
    G56.00|Carpal tunnel syndrome, unspecified upper limb
    G89.29|Other chronic pain
    G91.9|Hydrocephalus, unspecified
    G93.41|Metabolic encephalopathy
    G12.21|Amyotrophic lateral sclerosis
    G00.9|Bacterial meningitis, unspecified
    G03.9|Meningitis, unspecified
    G04.90|Encephalitis and encephalomyelitis, unspecified
    G06.0|Intracranial abscess and granuloma
    G10|Huntington's disease
    G11.9|Hereditary ataxia, unspecified
    G24.9|Dystonia, unspecified
    G25.0|Essential tremor
    G25.81|Restless legs syndrome
    G31.83|Dementia with Lewy bodies
    G36.0|Neuromyelitis optica [Devic]
    G40.309|Generalized idiopathic epilepsy and epileptic syndromes, not intractable, without status epilepticus
    G44.1|Vascular headache, not elsewhere classified
    G44.009|Cluster headache syndrome, unspecified, not intractable
    G47.00|Insomnia, unspecified
    G47.419|Narcolepsy without cataplexy
    G50.0|Trigeminal neuralgia
    G54.0|Brachial plexus disorders
    G57.10|Meralgia paresthetica, unspecified lower limb
    G60.0|Hereditary motor and sensory neuropathy
    G71.0|Muscular dystrophy
    G72.81|Critical illness myopathy
    G80.9|Cerebral palsy, unspecified
    G82.20|Paraplegia, unspecified
    G83.4|Cauda equina syndrome
    G90.1|Familial dysautonomia [Riley-Day]
    G95.9|Disease of spinal cord, unspecified
    G97.1|Other reaction to spinal and lumbar puncture
    G37.3|Acute transverse myelitis in demyelinating disease of central nervous system
    """

  static let circulatory = """
    I50.9|Heart failure, unspecified
    I21.4|Non-ST elevation (NSTEMI) myocardial infarction
    I48.91|Unspecified atrial fibrillation
    I63.9|Cerebral infarction, unspecified
    I10|Essential (primary) hypertension
    I25.10|Atherosclerotic heart disease of native coronary artery without angina pectoris
    I20.0|Unstable angina
    I26.99|Other pulmonary embolism without acute cor pulmonale
    I50.23|Acute on chronic systolic (congestive) heart failure
    I48.0|Paroxysmal atrial fibrillation
    I50.33|Acute on chronic diastolic (congestive) heart failure
    I21.3|ST elevation (STEMI) myocardial infarction of unspecified site
    I11.0|Hypertensive heart disease with heart failure
    I47.1|Supraventricular tachycardia
    I47.2|Ventricular tachycardia
    I44.2|Atrioventricular block, complete
    I49.5|Sick sinus syndrome
    I35.0|Nonrheumatic aortic (valve) stenosis
    I34.0|Nonrheumatic mitral (valve) insufficiency
    I61.9|Nontraumatic intracerebral hemorrhage, unspecified
    I60.9|Nontraumatic subarachnoid hemorrhage, unspecified
    I62.00|Nontraumatic subdural hemorrhage, unspecified
    I65.29|Occlusion and stenosis of unspecified carotid artery
    I70.211|Atherosclerosis of native arteries of extremities with intermittent claudication, right leg
    I71.4|Abdominal aortic aneurysm, without rupture
    I71.3|Abdominal aortic aneurysm, ruptured
    I71.01|Dissection of thoracic aorta
    I73.9|Peripheral vascular disease, unspecified
    I74.3|Embolism and thrombosis of arteries of the lower extremities
    I80.209|Phlebitis and thrombophlebitis of unspecified deep vessels of unspecified lower extremity
    I82.409|Acute embolism and thrombosis of unspecified deep veins of unspecified lower extremity
    I83.90|Asymptomatic varicose veins of unspecified lower extremity
    I85.01|Esophageal varices with bleeding
    I87.2|Venous insufficiency (chronic) (peripheral)
    I89.0|Lymphedema, not elsewhere classified
    I95.1|Orthostatic hypotension
    I95.9|Hypotension, unspecified
    I27.0|Primary pulmonary hypertension
    I30.9|Acute pericarditis, unspecified
    I31.3|Pericardial effusion (noninflammatory)
    I33.0|Acute and subacute infective endocarditis
    I40.9|Acute myocarditis, unspecified
    I42.0|Dilated cardiomyopathy
    I42.1|Obstructive hypertrophic cardiomyopathy
    I45.10|Unspecified right bundle-branch block
    I46.9|Cardiac arrest, cause unspecified
    I51.7|Cardiomegaly
    I16.0|Hypertensive urgency
    I16.1|Hypertensive emergency
    I21.09|ST elevation (STEMI) myocardial infarction involving other coronary artery of anterior wall
    """
}
